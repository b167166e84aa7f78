using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What a person is at an organization.</summary>
internal sealed record RoleAssignmentRow : IRosterRow
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key, or user, role and organization where it gives none.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string SourcedId { get; init; } = "";

    /// <summary>The person.</summary>
    [ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>The organization.</summary>
    [ID<OrganizationRow>]
    public Guid OrganizationId { get; init; }

    /// <summary>teacher, principal, student, guardian and so on, as the source writes it.</summary>
    [AlwaysLoaded]
    public string Role { get; init; } = "";

    /// <summary>Whether this is the person's main role at the organization.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>First day.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null while it is open.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? EndDate { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
