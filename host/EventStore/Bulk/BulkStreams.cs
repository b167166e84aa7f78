using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Locks the streams of a bulk append in id order, moves their versions, and knows where each began.</summary>
internal sealed class BulkStreams
{
    private const string TempTable =
        """
        create temp table if not exists es_bulk_streams (
          stream_id uuid not null, kind text not null, events integer not null, expected integer not null)
          on commit drop;
        truncate es_bulk_streams;
        """;

    private const string CountKnown =
        """
        select count(*) from es_bulk_streams b
         where exists (select 1 from es.streams s where s.tenant_id = $1 and s.stream_id = b.stream_id)
        """;

    private const string StartAll =
        """
        insert into es.streams as streams (tenant_id, stream_id, kind, version)
        select $1, stream_id, kind, events from es_bulk_streams order by stream_id
        """;

    // Answers in id order, as it was fed.
    private const string StartOrContinue =
        StartAll
        + """

        on conflict (tenant_id, stream_id) do update
           set version = streams.version + excluded.version, updated_at = now()
        returning stream_id, version, archived_at is not null
        """;

    /// <summary>Where the first streams of all are copied to.</summary>
    public const string FirstOfAll = "es.streams (tenant_id, stream_id, kind, version)";

    private readonly List<Reserved> _streams = [];

    public long Count { get; private set; }

    public long Known { get; private set; }

    /// <summary>Version of a stream before the append; streams are numbered in id order.</summary>
    public int Base(int stream) => _streams.Count == 0 ? 0 : _streams[stream].Base;

    /// <param name="connection">The connection that appends.</param>
    /// <param name="tenant">The district.</param>
    /// <param name="spool">The events.</param>
    /// <param name="isFirst">Whether there is no stream yet, and nobody else can start one.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<BulkStreams> ReserveAsync(
        NpgsqlConnection connection, short tenant, EventSpool spool, bool isFirst, CancellationToken ct)
    {
        var streams = new BulkStreams();
        if (isFirst)
        {
            await streams.CopyFirstAsync(connection, tenant, spool, ct);
            return streams;
        }

        await SchemaInstaller.RunAsync(connection, TempTable, ct);
        await streams.CopyAsync(connection, spool, ct);
        streams.Known = (long)(await Command(connection, CountKnown, tenant).ExecuteScalarAsync(ct))!;
        if (streams.Known == 0 && streams._streams.TrueForAll(stream => stream.Expected <= 0))
        {
            await streams.StartAllAsync(connection, tenant, ct);
            return streams;
        }

        await streams.StartOrContinueAsync(connection, tenant, ct);
        return streams;
    }

    /// <summary>Starts every stream without looking whether it is there.</summary>
    private async Task CopyFirstAsync(
        NpgsqlConnection connection, short tenant, EventSpool spool, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, FirstOfAll, ct);
        foreach (var stream in StreamsOf(spool))
        {
            if (stream.Expected > 0)
            {
                throw new ConcurrencyException(
                    $"stream {stream.Id} is at version 0, not {stream.Expected}", stream.Id, null);
            }

            copy.StartRow(4);
            copy.Short(tenant);
            copy.Id(stream.Id);
            copy.Bytes(CopyWriter.Utf8(stream.Kind));
            copy.Int(stream.Events);
            Count++;
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task CopyAsync(NpgsqlConnection connection, EventSpool spool, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, "es_bulk_streams", ct);
        foreach (var stream in StreamsOf(spool))
        {
            copy.StartRow(4);
            copy.Id(stream.Id);
            copy.Bytes(CopyWriter.Utf8(stream.Kind));
            copy.Int(stream.Events);
            copy.Int(stream.Expected);
            _streams.Add(new(Base: 0, stream.Events, stream.Expected));
            Count++;
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>One entry per stream, in id order.</summary>
    private static IEnumerable<StreamShare> StreamsOf(EventSpool spool)
    {
        var (current, share) = (UInt128.Zero, default(StreamShare));
        foreach (var record in spool.Read())
        {
            if (share.Events > 0 && record.StreamId == current)
            {
                share = share with
                {
                    Kind = spool.Kind(record),
                    Events = share.Events + 1,
                    Expected = Math.Max(share.Expected, record.ExpectedVersion),
                };
                continue;
            }

            if (share.Events > 0)
            {
                yield return share;
            }

            current = record.StreamId;
            var id = new Guid(record.StreamIdBytes, bigEndian: true);
            share = new(id, spool.Kind(record), Events: 1, record.ExpectedVersion);
        }

        yield return share;
    }

    private async Task StartAllAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        try
        {
            await Command(connection, StartAll, tenant).ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new ConcurrencyException(
                $"another writer started one of {Count} streams at the same moment", null, raced);
        }
    }

    private async Task StartOrContinueAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var rows = await Command(connection, StartOrContinue, tenant).ExecuteReaderAsync(ct);
        for (var i = 0; await rows.ReadAsync(ct); i++)
        {
            var stream = _streams[i];
            var found = rows.GetInt32(1) - stream.Events;
            if (rows.GetBoolean(2))
            {
                throw new StreamArchivedException($"stream {rows.GetGuid(0)} is archived", null);
            }

            if (stream.Expected >= 0 && stream.Expected != found)
            {
                throw new ConcurrencyException(
                    $"stream {rows.GetGuid(0)} is at version {found}, not {stream.Expected}", rows.GetGuid(0), null);
            }

            _streams[i] = stream with { Base = found };
        }
    }

    /// <summary>Takes as long as it takes: a million streams are one statement. The caller's token ends it.</summary>
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, short tenant) => new(sql, connection)
    {
        CommandTimeout = 0,
        Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
    };

    private readonly record struct StreamShare(Guid Id, string Kind, int Events, int Expected);

    private readonly record struct Reserved(int Base, int Events, int Expected);
}
