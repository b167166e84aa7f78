using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A student and a guardian who belong together. Derived from what the source says on either side.</summary>
internal sealed record RelationRow
{
    /// <summary>Computed from the two people.</summary>
    [GraphQLIgnore]
    public Guid Id { get; init; }

    /// <summary>Key of the source within the district.</summary>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The student.</summary>
    [AlwaysLoaded]
    public Guid StudentId { get; init; }

    /// <summary>The guardian.</summary>
    [AlwaysLoaded]
    public Guid GuardianId { get; init; }

    /// <summary>guardian, parent or relative: the guardian's own role; agent when there is none of these, supplement
    /// where only a supplementary file says so.</summary>
    public string Kind { get; init; } = "";
}
