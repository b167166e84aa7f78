using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A course taught to a group in a school during one or more terms (a section).</summary>
internal sealed record ClassRow : IRosterRow
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

    /// <summary>Grades in it, as the source writes them.</summary>
    public string[] Grades { get; init; } = [];

    /// <summary>The course taught.</summary>
    [Filterable, ID<CourseRow>]
    public Guid? CourseId { get; init; }

    /// <summary>The school's section number.</summary>
    [Filterable, Sortable, GraphQLName("code")]
    public string? ClassCode { get; init; }

    /// <summary>homeroom, scheduled or what else the source calls it.</summary>
    [GraphQLName("type")]
    public string ClassType { get; init; } = "";

    /// <summary>The room.</summary>
    public string? Location { get; init; }

    /// <summary>The school.</summary>
    [Filterable, ID<SchoolRow>]
    public Guid SchoolId { get; init; }

    /// <summary>The terms it is taught in.</summary>
    [GraphQLIgnore]
    public Guid[] TermIds { get; init; } = [];

    /// <summary>Names of its subjects.</summary>
    public string[] Subjects { get; init; } = [];

    /// <summary>SCED codes of its subjects.</summary>
    public string[] SubjectCodes { get; init; } = [];

    /// <summary>Periods of the day it meets in.</summary>
    public string[] Periods { get; init; } = [];

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
