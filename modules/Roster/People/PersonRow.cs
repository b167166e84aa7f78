using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A person: one row per user of the source, whatever the person is at how many schools.</summary>
internal sealed record PersonRow : IRosterRow
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable, AlwaysLoaded]
    public Guid Id { get; init; }

    /// <summary>Key of the source the record comes from: sis.</summary>
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    [PersonalData(Subject = nameof(Id))]
    [Filterable]
    public string SourcedId { get; init; } = "";

    /// <summary>Whether the source lets the person sign in.</summary>
    public bool Enabled { get; init; }

    /// <summary>Sign-in name.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? Username { get; init; }

    /// <summary>Keys in other systems, each as type, colon, key.</summary>
    [PersonalData(Subject = nameof(Id))]
    [GraphQLIgnore]
    public string[] UserIds { get; init; } = [];

    /// <summary>Legal first name.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string GivenName { get; init; } = "";

    /// <summary>Legal last name.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string FamilyName { get; init; } = "";

    /// <summary>Middle name.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? MiddleName { get; init; }

    /// <summary>First name in daily use.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? PreferredGivenName { get; init; }

    /// <summary>Middle name in daily use.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? PreferredMiddleName { get; init; }

    /// <summary>Last name in daily use.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? PreferredFamilyName { get; init; }

    /// <summary>Pronouns.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? Pronouns { get; init; }

    /// <summary>The district's number of the person.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? Identifier { get; init; }

    /// <summary>E-mail address.</summary>
    [PersonalData(Subject = nameof(Id))]
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Email { get; init; }

    /// <summary>Number for text messages.</summary>
    [PersonalData(Subject = nameof(Id))]
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Sms { get; init; }

    /// <summary>Telephone number.</summary>
    [PersonalData(Subject = nameof(Id))]
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Phone { get; init; }

    /// <summary>The people the source relates to this one.</summary>
    [PersonalData(Subject = nameof(Id))]
    [GraphQLIgnore]
    public Guid[] AgentIds { get; init; } = [];

    /// <summary>Grades as the source writes them; empty for adults.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string[] Grades { get; init; } = [];

    /// <summary>Key that joins several user records of one person.</summary>
    [PersonalData(Subject = nameof(Id))]
    [GraphQLIgnore]
    public string? UserMasterIdentifier { get; init; }

    /// <summary>The main organization, if the source names one.</summary>
    [GraphQLIgnore]
    public Guid? PrimaryOrganizationId { get; init; }

    /// <summary>Roles the source sent within the user.</summary>
    [GraphQLIgnore]
    public Guid[] RoleIds { get; init; } = [];

    /// <summary>When the source last changed the person, if it says so.</summary>
    [PersonalData(Subject = nameof(Id))]
    public DateTimeOffset? DateLastModified { get; init; }

    /// <summary>Whether one of the person's roles is student.</summary>
    [AlwaysLoaded]
    public bool IsStudent { get; init; }

    /// <summary>Whether one of the person's roles is neither student nor guardian, parent or relative.</summary>
    public bool IsStaff { get; init; }

    /// <summary>Whether one of the person's roles is guardian, parent or relative.</summary>
    public bool IsGuardian { get; init; }

    /// <summary>The first of the grades.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string? Grade { get; init; }

    /// <summary>The main school: the main organization if it is a school, else the school of the main role.</summary>
    [GraphQLIgnore]
    public Guid? SchoolId { get; init; }

    /// <inheritdoc/>
    [PersonalData(Subject = nameof(Id))]
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
