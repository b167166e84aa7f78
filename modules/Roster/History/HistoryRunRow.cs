namespace K12Hub.Roster;

/// <summary>A run that was applied, with its place in the log: what the roster was at a moment is what it was after the
/// last run until then. One that was taken back has no row.</summary>
internal sealed record HistoryRunRow
{
    /// <summary>The run.</summary>
    public Guid RunId { get; init; }

    /// <summary>Position of the event that it has ended; all its other events lie before.</summary>
    public long Position { get; init; }

    /// <summary>Key of the source within the district.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was applied.</summary>
    public DateTimeOffset At { get; init; }
}
