namespace K12Hub.Roster;

/// <summary>A course of study, taught in classes.</summary>
internal sealed record CourseRow : IRosterRow
{
    /// <inheritdoc/>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    public string SourcedId { get; init; } = "";

    /// <summary>Display name.</summary>
    public string Title { get; init; } = "";

    /// <summary>The district's course number.</summary>
    public string? CourseCode { get; init; }

    /// <summary>The school year it is offered in.</summary>
    public Guid? SchoolYearId { get; init; }

    /// <summary>Grades it is meant for, as the source writes them.</summary>
    public string[] Grades { get; init; } = [];

    /// <summary>The organization that offers it.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>Names of its subjects.</summary>
    public string[] Subjects { get; init; } = [];

    /// <summary>SCED codes of its subjects.</summary>
    public string[] SubjectCodes { get; init; } = [];

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    public Guid RowHash { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? EndedAt { get; init; }
}
