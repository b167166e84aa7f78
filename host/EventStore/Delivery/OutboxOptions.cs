namespace K12Hub.EventStore;

/// <summary>How a dispatcher works. The defaults suit a district.</summary>
public sealed record OutboxOptions
{
    /// <summary>Name of this process in leases.</summary>
    public string Node { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Messages sent at the same time by this process.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Messages taken in one statement, at most.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>How long a message belongs to the process that took it without a sign of life; it gives one three times
    /// in this time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait for a signal before looking unasked.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Attempts before a message becomes a dead letter.</summary>
    public int MostTries { get; init; } = 8;

    /// <summary>The pause after the first attempt; it doubles with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a stop waits for attempts that are under way.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long what was done is kept; as long is a message with the same key not sent again.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gives the jitter: evenly from 0 to less than 1.</summary>
    public Func<double> Jitter { get; init; } = System.Random.Shared.NextDouble;
}
