using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Somebody with the role of student somewhere.</summary>
internal sealed record StudentRow : IEnds
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

    /// <summary>Middle name.</summary>
    public string? MiddleName { get; init; }

    /// <summary>First name in daily use.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>Middle name in daily use.</summary>
    public string? PreferredMiddleName { get; init; }

    /// <summary>Last name in daily use.</summary>
    public string? PreferredFamilyName { get; init; }

    /// <summary>Pronouns.</summary>
    public string? Pronouns { get; init; }

    /// <summary>The district's number of the student.</summary>
    [Filterable]
    public string? Identifier { get; init; }

    /// <summary>E-mail address.</summary>
    [Filterable]
    public string? Email { get; init; }

    /// <summary>Number for text messages.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Sms { get; init; }

    /// <summary>Telephone number.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Phone { get; init; }

    /// <summary>The grade; the first where the source sends several.</summary>
    [Filterable, Sortable]
    public string? Grade { get; init; }

    /// <summary>Grades as the source writes them.</summary>
    public string[] Grades { get; init; } = [];

    /// <summary>The main school.</summary>
    [Filterable, ID<SchoolRow>]
    public Guid? SchoolId { get; init; }

    /// <summary>When the source last changed the student, if it says so.</summary>
    public DateTimeOffset? DateLastModified { get; init; }

    /// <summary>When the source stopped sending the student; null while in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
