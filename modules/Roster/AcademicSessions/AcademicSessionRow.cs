namespace K12Hub.Roster;

/// <summary>A school year, semester, term or grading period.</summary>
internal sealed record AcademicSessionRow : IRosterRow
{
    /// <inheritdoc/>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    public string SourcedId { get; init; } = "";

    /// <summary>Display name.</summary>
    public string Title { get; init; } = "";

    /// <summary>gradingPeriod, semester, schoolYear, term or what else the source calls it.</summary>
    public string Type { get; init; } = "";

    /// <summary>First day.</summary>
    public DateOnly StartDate { get; init; }

    /// <summary>The day after the last day.</summary>
    public DateOnly EndDate { get; init; }

    /// <summary>The session this one is a part of.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The year in which the school year ends: 2026 for 2025-26.</summary>
    public int SchoolYear { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    public Guid RowHash { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? EndedAt { get; init; }
}
