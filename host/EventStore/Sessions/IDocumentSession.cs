namespace K12Hub.EventStore;

/// <summary>A unit of work for one district: what was queued is stored together or not at all. Not for two threads
/// at once.</summary>
public interface IDocumentSession : IAsyncDisposable
{
    /// <summary>The district; nothing else is seen or written.</summary>
    DistrictId Tenant { get; }

    /// <summary>Who and why, stored with every event of the unit.</summary>
    EventMetadata Metadata { get; set; }

    /// <summary>Streams: read, start, append.</summary>
    EventOperations Events { get; }

    /// <summary>What is owed to the outside world once the unit is stored.</summary>
    Outbox Outbox { get; }

    /// <summary>Gives the unit an id that is carried out once: when it was stored before,
    /// <see cref="SaveChangesAsync"/> writes nothing and returns the result of then.</summary>
    /// <param name="commandId">Chosen by whoever may repeat the command.</param>
    /// <param name="resultJson">JSON to return to a repeated command; null for nothing.</param>
    void IdentifyCommand(Guid commandId, string? resultJson = null);

    /// <summary>Whether a command id was carried out before, and with which result; null when it was not.</summary>
    Task<CommandOutcome?> FindCommandAsync(Guid commandId, CancellationToken ct);

    /// <summary>Stores everything queued: one round trip, one transaction.</summary>
    /// <exception cref="ConcurrencyException">A stream is not at the expected version; nothing was stored.</exception>
    /// <exception cref="StreamArchivedException">A stream is closed; nothing was stored.</exception>
    Task<SaveResult> SaveChangesAsync(CancellationToken ct);
}
