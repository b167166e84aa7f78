using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A district, school, department or other unit.</summary>
internal sealed record OrganizationRow : IRosterRow
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
    public string Name { get; init; } = "";

    /// <summary>department, district, local, national, school, state or what else the source calls it.</summary>
    [Filterable]
    public string Type { get; init; } = "";

    /// <summary>Outside number, in the United States mostly the NCES id.</summary>
    [Filterable]
    public string? Identifier { get; init; }

    /// <summary>The organization above.</summary>
    [Filterable, ID<OrganizationRow>]
    public Guid? ParentId { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
