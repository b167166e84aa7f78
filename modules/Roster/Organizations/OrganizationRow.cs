namespace K12Hub.Roster;

/// <summary>A district, school, department or other unit.</summary>
internal sealed record OrganizationRow : IRosterRow
{
    /// <inheritdoc/>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    public string SourcedId { get; init; } = "";

    /// <summary>Display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>department, district, local, national, school, state or what else the source calls it.</summary>
    public string Type { get; init; } = "";

    /// <summary>Outside number, in the United States mostly the NCES id.</summary>
    public string? Identifier { get; init; }

    /// <summary>The organization above.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    public Guid RowHash { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? EndedAt { get; init; }
}
