using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Statements that see the rows of one district, in one message and one transaction: the first names
/// it.</summary>
public static class DistrictBatch
{
    /// <summary>A batch whose first statement, which answers with one row, names the district.</summary>
    /// <param name="store">The store whose tables are asked, as the role the program works as.</param>
    /// <param name="district">The district.</param>
    public static NpgsqlBatch For(DocumentStore store, DistrictId district)
    {
        ArgumentNullException.ThrowIfNull(store);
        var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(DistrictCommand.Enter(district));
        return batch;
    }

    /// <summary>Adds a statement with its values; a parameter where a value may be null.</summary>
    /// <param name="batch">What <see cref="For"/> began.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its values, from <c>$1</c> on.</param>
    public static NpgsqlBatch With(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>The rows of the first statement that was added; <c>NextResultAsync</c> has those of the next.</summary>
    /// <param name="batch">What <see cref="For"/> began.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<NpgsqlDataReader> ReadAsync(this NpgsqlBatch batch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = await batch.ExecuteReaderAsync(ct);
        try
        {
            await rows.NextResultAsync(ct);
            return rows;
        }
        catch
        {
            // A statement that fails must not keep the connection.
            await rows.DisposeAsync();
            throw;
        }
    }
}
