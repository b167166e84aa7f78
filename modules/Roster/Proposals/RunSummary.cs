using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A run, in one line.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Source">Key of the source within the district.</param>
/// <param name="Origin">The file, folder or address it read.</param>
/// <param name="Status">What came of it, up to now.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Added">Records sent for the first time.</param>
/// <param name="Changed">Records that say something else than before.</param>
/// <param name="Ended">Records no longer sent.</param>
/// <param name="Returned">Records sent again.</param>
/// <param name="Findings">How many findings there were.</param>
public sealed record RunSummary(
    Guid Run, string Source, string Origin, ImportStatus Status, DateTimeOffset StartedAt, int Added, int Changed,
    int Ended, int Returned, int Findings);

/// <summary>What became of a run after it had ended.</summary>
/// <param name="Status">Its status since.</param>
/// <param name="At">When.</param>
/// <param name="By">Who, as an id; null for a newer run.</param>
/// <param name="Reason">Why; null when nothing was said.</param>
public sealed record RunTurn(ImportStatus Status, DateTimeOffset At, string? By, string? Reason);

/// <summary>A run with what a person decides by.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Changes">What it does, kind by kind and school by school.</param>
/// <param name="Reasons">Why it is held, or cannot be read; empty else.</param>
/// <param name="Turns">What became of it since, the latest last.</param>
public sealed record RunDetails(
    RunSummary Summary,
    IReadOnlyList<ProposedChange> Changes,
    IReadOnlyList<RosterFinding> Reasons,
    IReadOnlyList<RunTurn> Turns);
