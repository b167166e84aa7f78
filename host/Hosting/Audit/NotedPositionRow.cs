namespace K12Hub.Hosting;

/// <summary>Up to where in the log events were copied into the audit trail.</summary>
internal sealed record NotedPositionRow
{
    /// <summary>The table, for statements.</summary>
    public const string Rows = "policy.noted_positions_v1";

    /// <summary>Whose place it is: there is one reader.</summary>
    public string Reader { get; init; } = "";

    /// <summary>The position of the last event that was looked at.</summary>
    public long Position { get; init; }
}
