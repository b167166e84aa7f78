namespace K12Hub.EventStore;

/// <summary>How long to leave a receiver in peace after a failure.</summary>
internal static class Backoff
{
    // What failed together must not come back together: each waits between half and all of the pause.
    private const double Least = 0.5;

    /// <summary>The pause after an attempt.</summary>
    /// <param name="tries">Attempts so far, from 1.</param>
    /// <param name="options">First and longest pause.</param>
    /// <param name="asked">What the receiver asked for: never less than that, also beyond the longest pause.</param>
    public static TimeSpan After(int tries, OutboxOptions options, TimeSpan? asked)
    {
        var doubled = options.FirstPause * Math.Pow(2, Math.Min(tries - 1, 30));
        var whole = doubled < options.LongestPause ? doubled : options.LongestPause;
        var pause = whole * (Least + ((1 - Least) * options.Jitter()));
        return asked > pause ? asked.Value : pause;
    }
}
