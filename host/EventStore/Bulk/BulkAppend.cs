using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Appends by the hundred thousand, inside a transaction the caller owns: nothing is there until the caller
/// commits, and several calls may be part of one transaction.</summary>
public sealed class BulkAppend
{
    // recorded_at is given, not defaulted: a default that is volatile would make COPY insert row by row.
    private const string EventColumns = $"es.events ({CopyDetour.Names})";

    private const string Announce =
        "select (extract(epoch from clock_timestamp() - '2000-01-01 00:00:00+00') * 1000000)::bigint from es.enter($1)";

    private const string FindPosition =
        "select position from es.events where tenant_id = $1 and stream_id = $2 order by version desc limit 1";

    // In the order in which es.append locks them.
    private static readonly string[] Log = ["es.streams", "es.events"];

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
        var district = tenant.Required;
        using var spool = new EventSpool(_events);
        using var sealing = new SealingSpool(spool, _events, _keys, tenant);
        await foreach (var one in events.WithCancellation(ct))
        {
            await sealing.AddAsync(one, ct);
        }

        await sealing.FlushAsync(ct);

        if (spool.Count == 0)
        {
            return new(0, 0, 0, 0);
        }

        await HoldKeysAsync(connection, district, sealing.ErasedBefore, ct);

        // Stream locks first, then the announcement, then the first position: as in es.append.
        var isBound = await CopyDetour.TryPrepareAsync(connection, ct);
        var indexes = await LateIndexes.TakeOffAsync(connection, Log, isBound ? 0 : spool.Count, ct);
        var streams = await BulkStreams.ReserveAsync(connection, district, spool, isFirst: indexes.AreOff, ct);
        var recordedAt = await AnnounceAsync(connection, district, ct);
        var columns = isBound ? CopyDetour.Columns : EventColumns;
        await using var copy = await CopyWriter.StartAsync(connection, columns, ct);
        var last = await CopyAsync(copy, district, spool, streams, metadata, recordedAt, ct);
        await (isBound ? CopyDetour.ArriveAsync(connection, ct) : Task.CompletedTask);
        await indexes.PutBackAsync(ct);
        var position = await PositionAsync(connection, district, last, ct);
        return new(spool.Count, streams.Count - streams.Known, streams.Known, position);
    }

    /// <summary>Has erasures wait until the caller's transaction ends, and makes sure that none went before.</summary>
    private static async Task HoldKeysAsync(
        NpgsqlConnection connection, short tenant, long? erasedBefore, CancellationToken ct)
    {
        if (erasedBefore is not { } before)
        {
            return;
        }

        await using var command = new NpgsqlCommand("select es.hold_all_keys($1, $2)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<long> { TypedValue = before },
            },
        };
        if (!(bool)(await command.ExecuteScalarAsync(ct))!)
        {
            throw new ConcurrencyException("somebody was erased while the events were read", null, null);
        }
    }

    private async Task<Guid> CopyAsync(
        CopyWriter copy,
        short tenant,
        EventSpool spool,
        BulkStreams streams,
        EventMetadata metadata,
        long recordedAt,
        CancellationToken ct)
    {
        var (ids, current, stream, version) = (new EventIds(_time.GetUtcNow()), UInt128.Zero, -1, 0);
        var actor = metadata.Actor is null ? null : CopyWriter.Utf8(metadata.Actor);
        var id = new byte[16];
        foreach (var record in spool.Read())
        {
            if (stream < 0 || record.StreamId != current)
            {
                (current, stream, version) = (record.StreamId, stream + 1, streams.Base(stream + 1));
                record.StreamIdBytes.CopyTo(id);
            }

            version++;
            copy.StartRow(11);
            copy.Short(tenant);
            copy.Bytes(id);
            copy.Int(version);
            copy.Bytes(ids.Next());
            copy.Bytes(spool.Type(record).Utf8Name);
            copy.Short((short)spool.Type(record).Schema);
            copy.Jsonb(record.Json);
            copy.TextOrNull(actor);
            copy.Id(metadata.CorrelationId);
            copy.Id(metadata.CausationId);
            copy.Timestamp(recordedAt);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Announces the writer; answers with the database's time in microseconds since 2000.</summary>
    private static async Task<long> AnnounceAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Announce, connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<long> PositionAsync(
        NpgsqlConnection connection, short tenant, Guid lastStream, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindPosition, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<Guid> { TypedValue = lastStream },
            },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
