using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Appends by the hundred thousand, inside a transaction the caller owns: nothing is there until the caller
/// commits, and several calls may be part of one transaction.</summary>
public sealed class BulkAppend
{
    private readonly EventMap _events;
    private readonly TimeProvider _time;

    internal BulkAppend(StoreOptions options) => (_events, _time) = (options.Events, options.Time);

    /// <summary>Appends events. The stream of events may be endless work; memory stays flat.</summary>
    /// <param name="connection">A connection inside a transaction; it is busy until the call ends, so
    /// <paramref name="events"/> must not read from it.</param>
    /// <param name="tenant">The district.</param>
    /// <param name="events">The events.</param>
    /// <param name="metadata">Who and why, stored with each.</param>
    /// <param name="ct">Cancels; the caller's transaction must then be rolled back.</param>
    /// <exception cref="ConcurrencyException">A stream is not at its expected version.</exception>
    public Task<BulkAppendResult> AppendAsync(
        NpgsqlConnection connection,
        DistrictId tenant,
        IAsyncEnumerable<BulkEvent> events,
        EventMetadata metadata,
        CancellationToken ct) => throw new NotImplementedException();
}
