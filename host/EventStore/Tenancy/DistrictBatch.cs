using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Statements that see the rows of one district, in one message and one transaction: the first names
/// it.</summary>
internal static class DistrictBatch
{
    /// <summary>A batch whose first statement, which answers with one row, names the district.</summary>
    public static NpgsqlBatch For(DocumentStore store, DistrictId district)
    {
        var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('k12.tenant', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = district.Value.ToString(null, null) } },
        });
        return batch;
    }

    /// <summary>Adds a statement with its values; a parameter where a value may be null.</summary>
    public static NpgsqlBatch With(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>The rows of the statement that was added.</summary>
    public static async Task<NpgsqlDataReader> ReadAsync(this NpgsqlBatch batch, CancellationToken ct)
    {
        var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        return rows;
    }
}
