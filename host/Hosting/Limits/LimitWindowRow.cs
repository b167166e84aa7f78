namespace K12Hub.Hosting;

/// <summary>How much of a limit was given out to nodes in the window of time at hand.</summary>
internal sealed record LimitWindowRow
{
    /// <summary>The table, for statements.</summary>
    public const string Rows = "policy.limit_windows_v1";

    /// <summary>What is limited.</summary>
    public string Name { get; init; } = "";

    /// <summary>For whom, as a hash: it may be an address.</summary>
    public string Who { get; init; } = "";

    /// <summary>When the window began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How much was given out before the last time.</summary>
    public int Before { get; init; }

    /// <summary>How much was given out.</summary>
    public int Taken { get; init; }
}
