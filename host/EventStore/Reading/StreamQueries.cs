using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Reads streams of one district.</summary>
internal sealed class StreamQueries(NpgsqlDataSource source, RecordedEventReader reader, DistrictId tenant)
{
    private const string SelectEvents =
        $"""
        select {RecordedEventReader.Columns} from es.events
         where tenant_id = $1 and stream_id = $2 order by version
        """;

    // The beginning of the stream, up to the first event after the moment: when a clock was put back, later events say
    // that they are earlier, and a stream without those between is none that ever was.
    private const string SelectEventsAsOf =
        $"""
        select {RecordedEventReader.Columns} from es.events
         where tenant_id = $1 and stream_id = $2 and version <= coalesce($3, 2147483647)
           and version < coalesce(
             (select min(e.version) from es.events e
               where e.tenant_id = $1 and e.stream_id = $2 and e.recorded_at > $4), 2147483647)
         order by version
        """;

    private const string SelectState =
        """
        select kind, version, created_at, updated_at, archived_at from es.streams
         where tenant_id = $1 and stream_id = $2
        """;

    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(
        Guid id, int? version, DateTimeOffset? timestamp, CancellationToken ct) =>
        await reader.OpenAsync(await StoredAsync(id, version, timestamp, ct), tenant, ct);

    public async Task<List<StoredEvent>> StoredAsync(
        Guid id, int? version, DateTimeOffset? timestamp, CancellationToken ct)
    {
        var whole = version is null && timestamp is null;
        await using var command = Command(whole ? SelectEvents : SelectEventsAsOf, id);
        if (!whole)
        {
            command.Parameters.Add(new()
            {
                Value = (object?)version ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Integer,
            });
            command.Parameters.Add(new()
            {
                Value = (object?)timestamp?.ToUniversalTime() ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
            });
        }

        await using var rows = await command.ExecuteReaderAsync(ct);
        return await RecordedEventReader.StoredAsync(rows, ct);
    }

    public async Task<StreamState?> StateAsync(Guid id, CancellationToken ct)
    {
        await using var command = Command(SelectState, id);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(
                id,
                row.GetString(0),
                row.GetInt32(1),
                row.GetFieldValue<DateTimeOffset>(2),
                row.GetFieldValue<DateTimeOffset>(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4))
            : null;
    }

    private DistrictCommand Command(string sql, Guid id)
    {
        var command = source.CreateCommand(tenant, sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return command;
    }
}
