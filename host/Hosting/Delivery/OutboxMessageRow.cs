using K12Hub.GraphQL;

namespace K12Hub.Hosting;

/// <summary>A message that is owed to the outside world, or was; without what it says.</summary>
internal sealed record OutboxMessageRow
{
    /// <summary>Never changes.</summary>
    [Filterable, Sortable]
    public long Id { get; init; }

    /// <summary>What to do, for example mail.send.</summary>
    [Filterable]
    public string Kind { get; init; } = "";

    /// <summary>When it was published.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it is to be sent, for the first time or again.</summary>
    [Filterable, Sortable]
    public DateTimeOffset DueAt { get; init; }

    /// <summary>How often it was tried so far.</summary>
    public int Attempts { get; init; }

    [GraphQLIgnore]
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>The process that is sending it, or was when it was last heard of.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When it was sent or discarded.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? DeadAt { get; init; }

    [GraphQLIgnore]
    public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>Why the last attempt failed, as a stable word.</summary>
    public string? Error { get; init; }

    /// <summary>Id of the person who retried or discarded it last.</summary>
    public string? HandledBy { get; init; }
}

/// <summary>What becomes of a message.</summary>
internal enum OutboxState
{
    /// <summary>To be sent now.</summary>
    Due,

    /// <summary>Being sent.</summary>
    Leased,

    /// <summary>To be sent later, for the first time or again.</summary>
    Waiting,

    /// <summary>Given up, until a person retries or discards it.</summary>
    Dead,

    /// <summary>Sent.</summary>
    Done,

    /// <summary>Given up for good by a person.</summary>
    Discarded,
}
