namespace K12Hub.Roster;

/// <summary>A system that rosters come from, and how old what it said is.</summary>
internal sealed record RosterSource
{
    /// <summary>Its key within the district.</summary>
    public string Name { get; init; } = "";

    /// <summary>The moment as of which what is known of it is known: when its last good run began to read; null when
    /// there was none.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether that is longer ago than the setting StaleAfterHours allows, or never was.</summary>
    public bool IsStale { get; init; }

    /// <summary>The last run, whatever came of it.</summary>
    public Guid? LastRunId { get; init; }

    /// <summary>The run that waits for a person.</summary>
    public Guid? HeldRunId { get; init; }
}
