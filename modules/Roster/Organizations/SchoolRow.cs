using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>An organization of the type school.</summary>
internal sealed record SchoolRow : IEnds
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Key of the source within the district.</summary>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    [Filterable]
    public string SourcedId { get; init; } = "";

    /// <summary>Display name.</summary>
    [Filterable, Sortable]
    public string Name { get; init; } = "";

    /// <summary>Outside number, in the United States mostly the NCES id.</summary>
    [Filterable]
    public string? Identifier { get; init; }

    /// <summary>The organization above, mostly the district.</summary>
    [Filterable, ID<OrganizationRow>]
    public Guid? ParentId { get; init; }

    /// <summary>When the source stopped sending the school; null while in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
