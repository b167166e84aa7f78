using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A person's part in a class.</summary>
internal sealed record EnrollmentRow : IRosterRow
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    public string SourcedId { get; init; } = "";

    /// <summary>The class.</summary>
    [Filterable, ID<ClassRow>]
    public Guid ClassId { get; init; }

    /// <summary>The school.</summary>
    [ID<SchoolRow>]
    public Guid SchoolId { get; init; }

    /// <summary>The person.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>student, teacher, proctor, administrator or what else the source sent.</summary>
    [AlwaysLoaded]
    public string Role { get; init; } = "";

    /// <summary>Whether this is the main teacher; null when the source does not say.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null while it is open.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
