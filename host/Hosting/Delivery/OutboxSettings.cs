using System.ComponentModel.DataAnnotations;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>How messages to the outside world are sent.</summary>
public sealed class OutboxSettings
{
    /// <summary>Messages sent at the same time by one process; 1 to 64.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 8;

    /// <summary>How long one attempt may take unless its kind says otherwise; in seconds, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LimitSeconds { get; init; } = 30;

    /// <summary>After which silence of a process its messages are sent by another; in seconds, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LeaseSeconds { get; init; } = 120;

    /// <summary>Attempts before a message becomes a dead letter; 1 to 30.</summary>
    [Range(1, 30)]
    public int MostTries { get; init; } = 8;

    /// <summary>The pause after the first failed attempt, doubled with each; in seconds, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int FirstPauseSeconds { get; init; } = 15;

    /// <summary>How long a stop waits for attempts under way; in seconds, 1 to 300.</summary>
    [Range(1, 300)]
    public int DrainSeconds { get; init; } = 20;

    /// <summary>How long sent messages are kept, and with them the knowledge that they were sent; in days, 1 to
    /// 3,650.</summary>
    [Range(1, 3_650)]
    public int RetentionDays { get; init; } = 30;

    /// <summary>From when on a message that is due and not sent makes health degraded; in minutes, 1 to
    /// 1,440.</summary>
    [Range(1, 1_440)]
    public int LateAfterMinutes { get; init; } = 15;

    /// <summary>What a dispatcher is told.</summary>
    internal OutboxOptions Options => new()
    {
        Concurrency = Concurrency,
        Lease = TimeSpan.FromSeconds(LeaseSeconds),
        MostTries = MostTries,
        FirstPause = TimeSpan.FromSeconds(FirstPauseSeconds),
        Drain = TimeSpan.FromSeconds(DrainSeconds),
        Retention = TimeSpan.FromDays(RetentionDays),
    };
}
