using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Locks the streams of a bulk append in id order, moves their versions, and knows where each began.</summary>
internal sealed class BulkStreams
{
    private const string TempTable =
        """
        create temp table if not exists es_bulk_streams (
          stream_id uuid not null, kind text not null, events integer not null, expected integer not null) on commit drop;
        truncate es_bulk_streams;
        """;

    private const string CountKnown =
        """
        select count(*) from es_bulk_streams b
         where exists (select 1 from es.streams s where s.tenant_id = $1 and s.stream_id = b.stream_id)
        """;

    private const string StartAll =
        """
        insert into es.streams (tenant_id, stream_id, kind, version)
        select $1, stream_id, kind, events from es_bulk_streams order by stream_id
        """;

    private const string StartOrContinue =
        StartAll
        + """

        on conflict (tenant_id, stream_id) do update set version = streams.version + excluded.version, updated_at = now()
        """;

    private const string Refused =
        """
        select b.stream_id, s.version - b.events, b.expected, s.archived_at is not null
          from es_bulk_streams b join es.streams s on s.tenant_id = $1 and s.stream_id = b.stream_id
         where s.archived_at is not null or (b.expected >= 0 and b.expected <> s.version - b.events)
         order by b.stream_id limit 1
        """;

    private const string Bases =
        """
        select s.version - b.events
          from es_bulk_streams b join es.streams s on s.tenant_id = $1 and s.stream_id = b.stream_id
         order by b.stream_id
        """;

    private readonly List<int> _bases = [];

    public long Count { get; private set; }

    public long Known { get; private set; }

    /// <summary>Version of a stream before the append; streams are numbered in id order.</summary>
    public int Base(int stream) => Known == 0 ? 0 : _bases[stream];

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

        await Command(connection, StartOrContinue, tenant).ExecuteNonQueryAsync(ct);
        await RefuseConflictsAsync(connection, tenant, ct);
        await streams.ReadBasesAsync(connection, tenant, ct);
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
            (Count, events, expectsMore) = (Count + 1, 0, expectsMore || expected > 0);
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

    private static async Task RefuseConflictsAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var rows = await Command(connection, Refused, tenant).ExecuteReaderAsync(ct);
        if (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            throw rows.GetBoolean(3)
                ? new StreamArchivedException($"stream {id} is archived", null)
                : new ConcurrencyException(
                    $"stream {id} is at version {rows.GetInt32(1)}, not {rows.GetInt32(2)}", id, null);
        }
    }

    private async Task ReadBasesAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var rows = await Command(connection, Bases, tenant).ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            _bases.Add(rows.GetInt32(0));
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, short tenant) =>
        new(sql, connection) { Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } } };
}
