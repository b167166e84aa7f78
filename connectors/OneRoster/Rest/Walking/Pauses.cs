namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>How long to wait before asking again.</summary>
internal sealed class Pauses(TimeProvider time, Func<double> random)
{
    /// <summary>Longest wait a source may ask for, and longest of our own.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(15), longestOwn = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan first = TimeSpan.FromSeconds(2);

    /// <summary>Waits as long as the source wants, or else twice as long each time, between half and all of it so that
    /// many nodes and districts do not ask at the same instant.</summary>
    /// <param name="wanted">What the source said; null when it said nothing.</param>
    /// <param name="attempt">How many times it was asked in vain, from 1.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task WaitAsync(TimeSpan? wanted, int attempt, CancellationToken ct)
    {
        var own = first * Math.Pow(2, Math.Min(attempt, 10) - 1);
        if (own > longestOwn) own = longestOwn;
        var pause = wanted is { } said ? said < longest ? said : longest : own * (0.5 + (random() / 2));

        return pause > TimeSpan.Zero ? Task.Delay(pause, time, ct) : Task.CompletedTask;
    }
}
