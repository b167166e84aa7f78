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

    private readonly List<Reserved> _streams = [];

    public long Count => _streams.Count;

    public long Known { get; private set; }

    /// <summary>Version of a stream before the append; streams are numbered in id order.</summary>
    public int Base(int stream) => _streams[stream].Base;

    public static async Task<BulkStreams> ReserveAsync(
        NpgsqlConnection connection, short tenant, EventSpool spool, CancellationToken ct)
    {
        var streams = new BulkStreams();
        await SchemaInstaller.RunAsync(connection, TempTable, ct);
        var expectsMore = await streams.CopyAsync(connection, spool, ct);
        streams.Known = (long)(await Command(connection, CountKnown, tenant).ExecuteScalarAsync(ct))!;
        if (streams.Known == 0 && !expectsMore)
        {
            await streams.StartAllAsync(connection, tenant, ct);
            return streams;
        }

        await streams.StartOrContinueAsync(connection, tenant, ct);
        return streams;
    }

    /// <summary>One row per stream. Returns whether any of them is expected to have events already.</summary>
    private async Task<bool> CopyAsync(NpgsqlConnection connection, EventSpool spool, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, "es_bulk_streams", ct);
        var (current, kind, events, expected, expectsMore) = (UInt128.Zero, "", 0, 0, false);
        var id = new byte[16];
        foreach (var record in spool.Read())
        {
            if (events > 0 && record.StreamId != current)
            {
                await RowAsync();
            }

            expected = events == 0 ? record.ExpectedVersion : Math.Max(expected, record.ExpectedVersion);
            (current, kind, events) = (record.StreamId, spool.Kind(record), events + 1);
            record.StreamIdBytes.CopyTo(id);
        }

        await RowAsync();
        await copy.CompleteAsync(ct);
        return expectsMore;

        async ValueTask RowAsync()
        {
            copy.StartRow(4);
            copy.Bytes(id);
            copy.Bytes(CopyWriter.Utf8(kind));
            copy.Int(events);
            copy.Int(expected);
            _streams.Add(new(Base: 0, events, expected));
            (events, expectsMore) = (0, expectsMore || expected > 0);
            await copy.EndRowAsync(ct);
        }
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

    private readonly record struct Reserved(int Base, int Events, int Expected);
}
