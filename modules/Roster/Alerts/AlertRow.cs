using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Something about a source of rosters that a person should look after.</summary>
internal sealed record AlertRow : IEnds
{
    /// <summary>Never changes.</summary>
    public Guid Id { get; init; }

    /// <summary>sourceStale: what is known of the source is older than it may be; runHeld: a run waits for a person;
    /// importGivenUp: an import was given up after all its attempts.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Key of the source.</summary>
    public string Source { get; init; } = "";

    /// <summary>The run it is about; null for none.</summary>
    [ID<SyncRunRow>]
    public Guid? RunId { get; init; }

    /// <summary>When it was found.</summary>
    [Filterable, Sortable]
    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>When somebody said that it is being looked after; null while nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it was so no longer; null while it is.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class AlertList : SingleStreamProjection<Alert, AlertRow>
{
    public override AlertRow? Row(Alert aggregate) => new()
    {
        Id = aggregate.Id,
        Kind = aggregate.Kind,
        Source = aggregate.Source,
        RunId = aggregate.Run,
        RaisedAt = aggregate.RaisedAt ?? default,
        AcknowledgedAt = aggregate.AcknowledgedAt,
        EndedAt = aggregate.EndedAt,
    };
}
