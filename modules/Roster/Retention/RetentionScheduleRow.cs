using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>How long a kind of records is kept.</summary>
internal sealed record RetentionScheduleRow
{
    /// <summary>Computed from the kind.</summary>
    [GraphQLIgnore]
    public Guid Id { get; init; }

    /// <summary>Word of the kind.</summary>
    [GraphQLIgnore]
    public string Kind { get; init; } = "";

    /// <summary>How long after it came to its end, as ISO 8601 writes it: P7Y; null for until somebody
    /// decides.</summary>
    public string? KeepFor { get; init; }

    /// <summary>The law or rule that says so; null where no schedule is in force.</summary>
    public string? Basis { get; init; }

    /// <summary>Id of who proposed it.</summary>
    public string? SetBy { get; init; }

    /// <summary>Id of who put it into force.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Since when it is in force.</summary>
    public DateTimeOffset? InForceSince { get; init; }

    /// <summary>What waits for a second person; null where nothing does.</summary>
    public string? ProposedKeepFor { get; init; }

    /// <summary>The law or rule of what waits.</summary>
    public string? ProposedBasis { get; init; }

    /// <summary>Id of who proposed what waits.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>When it was proposed.</summary>
    public DateTimeOffset? ProposedAt { get; init; }
}

internal sealed class RetentionList : SingleStreamProjection<RetentionSchedule, RetentionScheduleRow>
{
    public override RetentionScheduleRow? Row(RetentionSchedule aggregate) => new()
    {
        Id = aggregate.Id,
        Kind = RetentionKinds.All.First(kind => RetentionSchedule.IdOf(kind) == aggregate.Id).Word(),
        KeepFor = aggregate.InForce?.KeepFor,
        Basis = aggregate.InForce?.Basis,
        SetBy = aggregate.InForce?.By,
        ApprovedBy = aggregate.Approved?.By,
        InForceSince = aggregate.Approved?.At,
        ProposedKeepFor = aggregate.Waiting?.KeepFor,
        ProposedBasis = aggregate.Waiting?.Basis,
        ProposedBy = aggregate.Waiting?.By,
        ProposedAt = aggregate.Waiting?.At,
    };
}
