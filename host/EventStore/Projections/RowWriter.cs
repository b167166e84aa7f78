using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Writes the row of one stream. A row never goes back: an older version of the stream loses against a newer
/// one, in whatever order they arrive.</summary>
internal sealed class RowWriter
{
    private readonly ISingleStreamProjection _projection;
    private readonly TableColumn _key;
    private readonly string _upsert;
    private readonly string _delete;

    public RowWriter(ISingleStreamProjection projection, TableMap table)
    {
        (_projection, Table) = (projection, table);
        _key = table.Columns.First(c => c.Name == table.Key[0]);
        if (!table.FollowsStream || table.Key.Count != 1 || _key.DbType != NpgsqlDbType.Uuid)
        {
            throw new InvalidOperationException(
                $"{table.View} holds one row per stream: its key must be the stream's id, and its shape must say "
                + "FollowsStream().");
        }

        _upsert = RowStatements.Upsert(table);
        _delete = RowStatements.Delete(table);
    }

    public TableMap Table { get; }

    public object? RowOf(object aggregate) => _projection.RowOf(aggregate);

    public NpgsqlBatchCommand Write(short tenant, Guid streamId, int version, object aggregate) =>
        _projection.RowOf(aggregate) is { } row
            ? Upsert(tenant, streamId, version, row)
            : Delete(tenant, streamId, version);

    private NpgsqlBatchCommand Upsert(short tenant, Guid streamId, int version, object row)
    {
        if (!streamId.Equals(_key.Getter(row)))
        {
            throw new InvalidOperationException(
                $"{_projection.GetType().Name} gave stream {streamId} a row with key {_key.Getter(row)}.");
        }

        var command = new NpgsqlBatchCommand(_upsert);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant });
        foreach (var column in Table.Columns)
        {
            command.Parameters.Add(new() { Value = column.Getter(row) ?? DBNull.Value, NpgsqlDbType = column.DbType });
        }

        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        return command;
    }

    private NpgsqlBatchCommand Delete(short tenant, Guid streamId, int version) => new(_delete)
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = tenant },
            new NpgsqlParameter<Guid> { TypedValue = streamId },
            new NpgsqlParameter<int> { TypedValue = version },
        },
    };
}
