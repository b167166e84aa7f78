using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>The erasure of a person, from the request to the certificate. There is no personal data in it.</summary>
internal sealed record ErasureRow
{
    /// <summary>Computed from the person.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The person.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>requested, approved, declined, held: a hold or another request came after it was approved, or
    /// erased.</summary>
    [Filterable]
    public string State { get; init; } = "";

    /// <summary>Why, for instance the number of the request.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What goes or went: ids of the person, of records that are the same person, and of accounts.</summary>
    public Guid[] Subjects { get; init; } = [];

    /// <summary>When it was asked for; when it was done where nobody asked before.</summary>
    [Filterable, Sortable]
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Id of who asked for it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>When it was approved or declined; null while it waits.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Id of who approved or declined it; null while it waits.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was done; null while it was not.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Ids of the lines in the ledger outside the database, one for each of the subjects.</summary>
    public Guid[] Entries { get; init; } = [];

    /// <summary>Tables of which rows were emptied.</summary>
    [GraphQLIgnore]
    public string[] Tables { get; init; } = [];

    /// <summary>How many, in the same order.</summary>
    [GraphQLIgnore]
    public long[] Emptied { get; init; } = [];
}

internal sealed class ErasureList : SingleStreamProjection<ErasureRequest, ErasureRow>
{
    public override ErasureRow? Row(ErasureRequest aggregate)
    {
        var (asked, done) = (aggregate.Requested, aggregate.Erased);
        return asked is null && done is null ? null : new()
        {
            Id = aggregate.Id,
            PersonId = done?.Person ?? asked!.Person,
            State = aggregate.State,
            Reason = done?.Reason ?? asked!.Reason,
            Subjects = [.. done?.Subjects ?? asked!.Subjects],
            RequestedAt = asked?.At ?? done!.At,
            RequestedBy = asked?.By ?? done?.By,
            DecidedAt = aggregate.Decided?.At,
            DecidedBy = aggregate.Decided?.By,
            ErasedAt = done?.At,
            Entries = [.. done?.Entries ?? []],
            Tables = [.. (done?.Counts ?? []).Select(count => count.Table)],
            Emptied = [.. (done?.Counts ?? []).Select(count => count.Rows)],
        };
    }
}
