using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A course of study, taught in classes.</summary>
internal sealed record CourseRow : IRosterRow
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
    [Filterable, Sortable]
    public string Title { get; init; } = "";

    /// <summary>The district's course number.</summary>
    [Filterable, Sortable, GraphQLName("code")]
    public string? CourseCode { get; init; }

    /// <summary>The school year it is offered in.</summary>
    [ID<AcademicSessionRow>]
    public Guid? SchoolYearId { get; init; }

    /// <summary>Grades it is meant for, as the source writes them.</summary>
    public string[] Grades { get; init; } = [];

    /// <summary>The organization that offers it.</summary>
    [Filterable, ID<OrganizationRow>]
    public Guid? OrganizationId { get; init; }

    /// <summary>Names of its subjects.</summary>
    public string[] Subjects { get; init; } = [];

    /// <summary>SCED codes of its subjects.</summary>
    public string[] SubjectCodes { get; init; } = [];

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
