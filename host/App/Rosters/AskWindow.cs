using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>When a source may be asked: many vendors want to be left alone while schools work.</summary>
/// <param name="Opens">Time of the day from which on it may.</param>
/// <param name="Closes">Time of the day from which on it may no longer; before <see cref="Opens"/> for a night.</param>
/// <param name="Zone">Whose clocks are meant.</param>
internal sealed record AskWindow(TimeOnly Opens, TimeOnly Closes, TimeZoneInfo Zone)
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    /// <summary>The window of a source; null where it may be asked at any time.</summary>
    public static AskWindow? Of(RosterSourceSettings settings, TimeZoneInfo zone) =>
        settings is { WindowStart: { } opens, WindowEnd: { } closes } ? new(opens, closes, zone) : null;

    /// <summary>How long it is still open; null while it is closed.</summary>
    public TimeSpan? OpenFor(DateTimeOffset now) => TimeOf(now).IsBetween(Opens, Closes) ? Until(Closes, now) : null;

    /// <summary>After how long it opens next.</summary>
    public TimeSpan OpensIn(DateTimeOffset now) => Until(Opens, now);

    private TimeOnly TimeOf(DateTimeOffset now) =>
        TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(now, Zone).TimeOfDay);

    /// <summary>Until the clocks show a time: on the nights of a clock change an hour more or less than the difference.
    /// </summary>
    private TimeSpan Until(TimeOnly time, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        var next = local.Date + time.ToTimeSpan();
        if (next <= local) next = next.AddDays(1);
        // A time that a spring morning leaves out comes when the clocks have jumped.
        while (Zone.IsInvalidTime(next)) next += minute;
        return new DateTimeOffset(next, Zone.GetUtcOffset(next)) - now;
    }
}
