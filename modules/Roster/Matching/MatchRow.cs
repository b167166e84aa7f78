using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Two records that are one person, or may be.</summary>
internal sealed record MatchRow
{
    /// <summary>Computed from the two records.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>One record.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid FirstId { get; init; }

    /// <summary>The other one.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid SecondId { get; init; }

    /// <summary>How much speaks for it, in bits; from 12 on it is suggested.</summary>
    [Sortable]
    public double Score { get; init; }

    /// <summary>The identifier that says so (userId:state, masterIdentifier, identifier, email, username), or
    /// score.</summary>
    [Filterable]
    public string Rule { get; init; } = "";

    /// <summary>What agrees: familyName, givenName, birthDate, phone, email, identifier, school.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>suggested, linked, rejected or undone.</summary>
    [Filterable]
    public string State { get; init; } = "";

    /// <summary>When it was found.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>When somebody decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Id of who decided; null while nobody has.</summary>
    public string? DecidedBy { get; init; }
}

/// <summary>The person that a record belongs to, where several records are one.</summary>
internal sealed record PersonLinkRow
{
    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>The same for all records of a person: the least of their ids.</summary>
    public Guid PersonId { get; init; }
}
