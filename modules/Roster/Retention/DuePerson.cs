using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

/// <summary>Somebody who has been kept as long as the schedule says.</summary>
internal sealed record DuePerson
{
    /// <summary>The person; of several records of one person the one that stands for all.</summary>
    [ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>Whether a record of the student is among them.</summary>
    [GraphQLIgnore, AlwaysLoaded]
    public bool IsStudent { get; init; }

    /// <summary>When the last source stopped sending the person.</summary>
    public DateTimeOffset LeftAt { get; init; }

    /// <summary>From when on the schedule has the person erased.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The schedules, each with its basis; of somebody of several kinds the longest counts.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>What keeps the person all the same: hold or openRequest; null where nothing does.</summary>
    public string? KeptBy { get; init; }
}

/// <summary>How much of a kind the next run would erase.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Due">How many would go.</param>
/// <param name="Kept">How many have come to their time, and something keeps them.</param>
internal sealed record RetentionPreview(RetentionKind Kind, long Due, long Kept);

[ObjectType<RetentionPreview>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class RetentionPreviewNode;

[ObjectType<DuePerson>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class DuePersonNode
{
    /// <summary>The person.</summary>
    [BindMember(nameof(DuePerson.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(DuePerson.PersonId))] DuePerson due,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(due.PersonId, ct);
}
