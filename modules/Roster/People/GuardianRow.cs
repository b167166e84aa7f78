using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Somebody with the role of guardian, parent or relative.</summary>
internal sealed record GuardianRow : IEnds
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable, AlwaysLoaded]
    public Guid Id { get; init; }

    /// <summary>Key of the source within the district.</summary>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key.</summary>
    [Filterable]
    public string SourcedId { get; init; } = "";

    /// <summary>Legal first name.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>Legal last name.</summary>
    [Filterable, Sortable]
    public string FamilyName { get; init; } = "";

    /// <summary>First name in daily use.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>Last name in daily use.</summary>
    public string? PreferredFamilyName { get; init; }

    /// <summary>Pronouns.</summary>
    public string? Pronouns { get; init; }

    /// <summary>E-mail address.</summary>
    [Filterable]
    public string? Email { get; init; }

    /// <summary>Number for text messages.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Sms { get; init; }

    /// <summary>Telephone number.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Phone { get; init; }

    /// <summary>When the source stopped sending the person; null while in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
