namespace K12Hub.GraphQL.Subscriptions;

/// <summary>Reads a source event by event, and stops reading at once when told to, also when the source itself does
/// not listen.</summary>
internal sealed class EventReader(ISourceStream source, CancellationToken cancellation)
{
    private readonly IAsyncEnumerator<object> events = source.ReadEventsAsync().GetAsyncEnumerator(cancellation);
    private Task<bool> pending = Task.FromResult(true);

    /// <summary>The next event; null at the end.</summary>
    public async ValueTask<object?> ReadAsync()
    {
        var moving = events.MoveNextAsync();
        if (!moving.IsCompletedSuccessfully)
        {
            pending = moving.AsTask();
            return await pending.WaitAsync(cancellation).ConfigureAwait(false) ? events.Current : null;
        }

        return moving.Result ? events.Current : null;
    }

    /// <summary>Ends the reading. A source that is still busy is closed when it comes back; nobody waits for
    /// it.</summary>
    public ValueTask CloseAsync()
    {
        if (pending.IsCompleted) return events.DisposeAsync();
        _ = CloseLateAsync();
        return ValueTask.CompletedTask;
    }

    private async Task CloseLateAsync()
    {
        await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await events.DisposeAsync().ConfigureAwait(false);
    }
}
