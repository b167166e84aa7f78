using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The events of a district in settled order: each once, stream order kept, none skipped however long its
/// writer took to commit.</summary>
public sealed class EventFeed
{
    private const string Settled = "select es.settled_event($1)";

    private readonly NpgsqlDataSource _source;
    private readonly RecordedEventReader _reader;

    internal EventFeed(NpgsqlDataSource source, RecordedEventReader reader) => (_source, _reader) = (source, reader);

    /// <summary>The position of the last settled event: everything up to there is committed and safe on disk, or will
    /// never exist; 0 before the first.</summary>
    public async Task<long> SettledAsync(DistrictId tenant, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(tenant, Settled);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The next events after a position.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="after">Where the caller is: <see cref="SettledPage.SettledTo"/> of the page before; 0 at
    /// first.</param>
    /// <param name="limit">Events at most; 1 to 10,000.</param>
    /// <param name="types">Stored names wanted; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SettledPage> ReadSettledAsync(
        DistrictId tenant, long after, int limit, IReadOnlyCollection<string>? types, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);

        // Two statements, two snapshots: the mark of the first is never above what the second can see.
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(DistrictCommand.Enter(tenant));
        batch.BatchCommands.Add(Statement(Settled, tenant));
        var read = Statement($"select {RecordedEventReader.Columns} from es.read($1, $2, $3, $4)", tenant);
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        read.Parameters.Add(new()
        {
            Value = (object?)types?.ToArray() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        batch.BatchCommands.Add(read);
        List<StoredEvent> stored;
        long settled;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            settled = rows.GetInt64(0);
            await rows.NextResultAsync(ct);
            stored = await RecordedEventReader.StoredAsync(rows, ct);
        }

        var events = await _reader.OpenAsync(stored, tenant, ct);
        var last = events.Count > 0 ? events[^1].Position : after;
        return new(events, events.Count == limit ? last : Math.Max(last, settled));
    }

    /// <summary>Events by their places in their streams, however many streams; in no order.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="places">Streams and versions; what is not there is left out.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(
        DistrictId tenant, IReadOnlyCollection<(Guid StreamId, int Version)> places, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(places);
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(DistrictCommand.Enter(tenant));
        var read = Statement(
            $"""
            select {RecordedEventReader.Columns}
              from es.events join unnest($2, $3) as wanted(stream_id, version) using (stream_id, version)
             where tenant_id = $1
            """,
            tenant);
        read.Parameters.Add(new() { Value = places.Select(place => place.StreamId).ToArray() });
        read.Parameters.Add(new() { Value = places.Select(place => place.Version).ToArray() });
        batch.BatchCommands.Add(read);
        List<StoredEvent> stored;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            await rows.NextResultAsync(ct);
            stored = await RecordedEventReader.StoredAsync(rows, ct);
        }

        return await _reader.OpenAsync(stored, tenant, ct);
    }

    private static NpgsqlBatchCommand Statement(string sql, DistrictId tenant) =>
        new(sql) { Parameters = { new NpgsqlParameter<short> { TypedValue = tenant.Required } } };
}
