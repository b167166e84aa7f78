using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Appends by the hundred thousand, inside a transaction the caller owns: nothing is there until the caller
/// commits, and several calls may be part of one transaction.</summary>
public sealed class BulkAppend
{
    private readonly EventMap _events;
    private readonly SubjectKeys _keys;
    private readonly TimeProvider _time;

    internal BulkAppend(StoreOptions options, SubjectKeys keys) =>
        (_events, _keys, _time) = (options.Events, keys, options.Time);

    /// <summary>Appends events with the same ordering guarantee as a session. Memory stays flat however many there
    /// are; all of them are taken from <paramref name="events"/> before the connection is used, so they may be read
    /// from the same connection. When nothing has ever happened and there are a thousand events or more, their tables
    /// get their indexes last, and whoever asks the empty log waits until the caller's transaction ends.</summary>
    /// <param name="connection">A connection of the owner, inside a transaction.</param>
    /// <param name="tenant">The district.</param>
    /// <param name="events">The events, in any order; those of one stream are stored in the order given.</param>
    /// <param name="metadata">Who and why, stored with each.</param>
    /// <param name="ct">Cancels; the caller's transaction must then be rolled back.</param>
    /// <exception cref="ConcurrencyException">A stream is not at its expected version.</exception>
    /// <exception cref="StreamArchivedException">A stream is closed.</exception>
    /// <exception cref="SubjectErasedException">An event holds data of somebody who was erased; ask
    /// <see cref="Erasure.FindErasedAsync"/> before.</exception>
    public async Task<BulkAppendResult> AppendAsync(
        NpgsqlConnection connection,
        DistrictId tenant,
        IAsyncEnumerable<BulkEvent> events,
        EventMetadata metadata,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(metadata);
        using var spool = new EventSpool(_events);
        using var sealing = new SealingSpool(spool, _events, _keys, tenant);
        await sealing.AddAsync(events, ct);
        return await StoreAsync(connection, tenant.Required, spool, sealing, metadata, ct);
    }

    /// <summary>Appends events no two of which are of one stream. Does what <see cref="AppendAsync"/> does; but where
    /// nothing has ever happened, events are sent while others are still being taken from
    /// <paramref name="events"/>.</summary>
    /// <param name="connection">A connection of the owner, inside a transaction.</param>
    /// <param name="ready">Until when the connection is used by others; the events are taken meanwhile.</param>
    /// <param name="tenant">The district.</param>
    /// <param name="events">The events, in any order; not read from the same connection.</param>
    /// <param name="metadata">Who and why, stored with each.</param>
    /// <param name="ct">Cancels; the caller's transaction must then be rolled back.</param>
    /// <exception cref="ConcurrencyException">A stream is not at its expected version, or two events are of one.
    /// </exception>
    /// <exception cref="StreamArchivedException">As with <see cref="AppendAsync"/>.</exception>
    /// <exception cref="SubjectErasedException">As with <see cref="AppendAsync"/>.</exception>
    public async Task<BulkAppendResult> AppendOnePerStreamAsync(
        NpgsqlConnection connection,
        Task ready,
        DistrictId tenant,
        IAsyncEnumerable<BulkEvent> events,
        EventMetadata metadata,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(ready);
        ArgumentNullException.ThrowIfNull(metadata);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var spool = new EventSpool(_events);
        using var sealing = new SealingSpool(spool, _events, _keys, tenant);
        await sealing.CountErasedAsync(ct);
        var filling = FillAsync(spool, sealing, events, stop.Token);
        try
        {
            await ready;
            var first = new FirstLoad(_time, connection, tenant.Required);
            if (await first.TryStoreAsync(spool, sealing.ErasedBefore, metadata, ct) is { } started)
            {
                return started;
            }

            await filling;
            return await StoreAsync(connection, tenant.Required, spool, sealing, metadata, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(filling);
        }
    }

    private static async Task FillAsync(
        EventSpool spool, SealingSpool sealing, IAsyncEnumerable<BulkEvent> events, CancellationToken ct)
    {
        try
        {
            await sealing.AddAsync(events, ct);
            spool.End(failure: null);
        }
        catch (Exception failure)
        {
            spool.End(failure);
            throw;
        }
    }

    private async Task<BulkAppendResult> StoreAsync(
        NpgsqlConnection connection, short district, EventSpool spool, SealingSpool sealing, EventMetadata metadata,
        CancellationToken ct)
    {
        if (spool.Count == 0)
        {
            return new(0, 0, 0, 0);
        }

        await BulkLog.HoldKeysAsync(connection, district, sealing.ErasedBefore, ct);

        // Stream locks first, then the announcement, then the first position: as in es.append.
        var isBound = await CopyDetour.TryPrepareAsync(connection, ct);
        var indexes = await LateIndexes.TakeOffAsync(connection, BulkLog.Tables, isBound ? 0 : spool.Count, ct);
        var streams = await BulkStreams.ReserveAsync(connection, district, spool, isFirst: indexes.AreOff, ct);
        var recordedAt = await BulkLog.AnnounceAsync(connection, district, ct);
        var rows = new EventRows(_time, district, spool, metadata, recordedAt);
        var columns = isBound ? CopyDetour.Columns : BulkLog.Columns;
        await using var copy = await CopyWriter.StartAsync(connection, columns, ct);
        await CopyAsync(copy, rows, spool, streams, ct);
        await (isBound ? CopyDetour.ArriveAsync(connection, ct) : Task.CompletedTask);
        await indexes.PutBackAsync(ct);
        var position = await BulkLog.PositionAsync(connection, district, rows.LastStream, ct);
        return new(spool.Count, streams.Count - streams.Known, streams.Known, position);
    }

    private static async Task CopyAsync(
        CopyWriter copy, EventRows rows, EventSpool spool, BulkStreams streams, CancellationToken ct)
    {
        var (current, stream, version) = (UInt128.Zero, -1, 0);
        foreach (var record in spool.Read())
        {
            if (stream < 0 || record.StreamId != current)
            {
                (current, stream, version) = (record.StreamId, stream + 1, streams.Base(stream + 1));
            }

            version++;
            await rows.WriteAsync(copy, record, version, ct);
        }

        await copy.CompleteAsync(ct);
    }
}
