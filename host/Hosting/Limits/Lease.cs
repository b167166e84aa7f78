namespace K12Hub.Hosting;

/// <summary>What a node may still let through in one window of one limit.</summary>
internal sealed class Lease(DateTimeOffset start)
{
    private readonly Lock gate = new();
    private int left;
    private int spent;
    private volatile bool isEmpty;
    private bool isAlone;
    private Task getting = Task.CompletedTask;

    public DateTimeOffset Start => start;

    /// <summary>Whether nothing more is to be had in this window.</summary>
    public bool IsEmpty => isEmpty;

    public bool TrySpend()
    {
        if (Volatile.Read(ref left) <= 0) return false;
        if (Interlocked.Decrement(ref left) >= 0)
        {
            Interlocked.Increment(ref spent);
            return true;
        }

        Interlocked.Increment(ref left);
        return false;
    }

    /// <summary>Gets more; whoever comes while somebody does waits for the same.</summary>
    /// <param name="give">Asks the database; null where it cannot be asked.</param>
    /// <param name="share">What this node lets through by itself then, for the rest of the window.</param>
    public Task GetMoreAsync(Func<Task<int?>> give, int share)
    {
        lock (gate) return getting.IsCompleted && left <= 0 ? getting = GetAsync(give, share) : getting;
    }

    private async Task GetAsync(Func<Task<int?>> give, int share)
    {
        var given = isAlone ? 0 : await give().ConfigureAwait(false);
        if (given is null)
        {
            isAlone = true;
            given = Math.Max(0, share - Volatile.Read(ref spent));
        }

        if (given == 0) isEmpty = true;
        else Interlocked.Add(ref left, given.Value);
    }
}
