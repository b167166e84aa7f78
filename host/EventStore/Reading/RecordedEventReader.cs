using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Turns rows of the log into events.</summary>
internal sealed class RecordedEventReader(EventMap events)
{
    public const string Columns =
        "position, stream_id, version, event_id, type, schema, data, actor, correlation_id, causation_id, recorded_at";

    public async Task<IReadOnlyList<RecordedEvent>> AllAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await AllAsync(rows, ct);
    }

    public async Task<IReadOnlyList<RecordedEvent>> AllAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var found = new List<RecordedEvent>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(One(rows));
        }

        return found;
    }

    /// <summary>Which event a row is, without reading what it says.</summary>
    public static PoisonEvent Identity(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetGuid(1), row.GetString(4));

    public RecordedEvent One(NpgsqlDataReader row)
    {
        var (type, schema) = (row.GetString(4), row.GetInt16(5));
        return new(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetInt32(2),
            row.GetGuid(3),
            type,
            schema,
            events.Read(type, schema, row.GetFieldValue<byte[]>(6)),
            new(row.IsDBNull(7) ? null : row.GetString(7), Id(row, 8), Id(row, 9)),
            row.GetFieldValue<DateTimeOffset>(10));
    }

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
