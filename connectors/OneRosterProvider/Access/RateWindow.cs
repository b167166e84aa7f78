namespace K12Hub.OneRosterProvider.Access;

/// <summary>Lets so many through in a minute, by whom they come from. Each process counts for itself.</summary>
internal sealed class RateWindow(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (DateTimeOffset Until, int Count)> windows = [];
    private readonly Lock turn = new();

    /// <summary>Takes one.</summary>
    /// <param name="who">One of few: clients of the settings, and everybody else as one.</param>
    /// <returns>Null when it may go on; else after how long to come back.</returns>
    public TimeSpan? Take(string who)
    {
        var now = time.GetUtcNow();
        lock (turn)
        {
            var (until, count) = windows.GetValueOrDefault(who);
            if (until <= now) (until, count) = (now + minute, 0);
            windows[who] = (until, count + 1);
            return count < perMinute ? null : until - now;
        }
    }
}
