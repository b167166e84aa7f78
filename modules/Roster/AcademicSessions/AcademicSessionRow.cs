using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A school year, semester, term or grading period.</summary>
internal sealed record AcademicSessionRow : IRosterRow
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    [Filterable]
    public string SourcedId { get; init; } = "";

    /// <summary>Display name.</summary>
    public string Title { get; init; } = "";

    /// <summary>gradingPeriod, semester, schoolYear, term or what else the source calls it.</summary>
    [Filterable]
    public string Type { get; init; } = "";

    /// <summary>First day.</summary>
    [Filterable, Sortable]
    public DateOnly StartDate { get; init; }

    /// <summary>The day after the last day.</summary>
    public DateOnly EndDate { get; init; }

    /// <summary>The session this one is a part of.</summary>
    [Filterable, ID<AcademicSessionRow>]
    public Guid? ParentId { get; init; }

    /// <summary>The year in which the school year ends: 2026 for 2025-26.</summary>
    [Filterable]
    public int SchoolYear { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
