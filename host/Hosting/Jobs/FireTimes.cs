using Quartz;

namespace K12Hub.Hosting;

/// <summary>When a schedule is due, by the clocks of a time zone.</summary>
/// <remarks>Quartz knows how clocks change: what a spring morning leaves out is due at the moment the clocks jump to,
/// and what an autumn morning shows twice is due once, unless the schedule names every hour.</remarks>
internal sealed class FireTimes
{
    // After so many fire times in a row there is surely one within the last day.
    private const int Dense = 10_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly CronExpression expression;

    public FireTimes(string cron, TimeZoneInfo zone) => expression = new CronExpression(cron, zone);

    /// <summary>What is wrong with a cron expression; null when nothing is.</summary>
    public static string? Complaint(string cron)
    {
        try
        {
            CronExpression.Parse(cron);
            return null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
        {
            return $"'{cron}' is no cron expression: {unreadable.Message} It looks like '0 30 2 * * ?', seconds first.";
        }
    }

    /// <summary>The next fire time after a moment; null when there is none any more.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => expression.GetNextValidTimeAfter(moment);

    /// <summary>The last fire time after one moment and up to another; null when there is none. However many there
    /// were, one run makes up for all of them.</summary>
    public DateTimeOffset? LastBetween(DateTimeOffset after, DateTimeOffset upTo)
    {
        DateTimeOffset? last = null;
        var from = after;
        for (var steps = 1; NextAfter(from) is { } fire && fire <= upTo; steps++)
        {
            last = from = fire;
            if (steps % Dense == 0 && upTo - fire > Day) from = upTo - Day;
        }

        return last;
    }
}
