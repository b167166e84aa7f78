using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What the district knows of a person that rosters have no place for, from supplementary files.</summary>
internal sealed record SupplementRow : IRosterRow
{
    /// <inheritdoc/>
    [GraphQLIgnore]
    public Guid Id { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key of the person.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public string SourcedId { get; init; } = "";

    /// <summary>The person, also one who is not known yet.</summary>
    [GraphQLIgnore]
    public Guid PersonId { get; init; }

    /// <summary>The language spoken at home, as a BCP 47 tag: es, zh-Hant.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? HomeLanguage { get; init; }

    /// <summary>The language to write and call in, as a BCP 47 tag.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? ContactLanguage { get; init; }

    /// <summary>Whether an interpreter is needed; null when nothing is known.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? InterpreterNeeded { get; init; }

    /// <summary>Why the student left, in the district's own words or codes.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? ExitReason { get; init; }

    /// <summary>Where the student went.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? ExitDestination { get; init; }

    /// <summary>What pays for the student, in the district's own words or codes.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public string? FundingCategory { get; init; }

    /// <summary>The source's keys of the homes the person belongs to.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public string[] Households { get; init; } = [];

    /// <summary>When the source last changed it, if it says so.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When a file took it back; null while it is in force.</summary>
    [GraphQLIgnore]
    public DateTimeOffset? EndedAt { get; init; }
}
