using Npgsql;

namespace K12Hub.EventStore;

/// <summary>One statement that sees the rows of one district: sent together with the setting that row-level security
/// compares, in one round trip and one transaction. The setting ends with the transaction, so that a connection goes
/// back to the pool with no district.</summary>
internal sealed class DistrictCommand : IAsyncDisposable
{
    private const string SetTenant = "select set_config('k12.tenant', $1, true)";

    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlBatchCommand _statement;

    public DistrictCommand(NpgsqlDataSource source, DistrictId tenant, string sql)
    {
        _batch = source.CreateBatch();
        _batch.BatchCommands.Add(Enter(tenant));
        _batch.BatchCommands.Add(_statement = new(sql));
    }

    public NpgsqlParameterCollection Parameters => _statement.Parameters;

    /// <summary>The statement that names the district until the transaction ends; it answers with one row.</summary>
    public static NpgsqlBatchCommand Enter(DistrictId tenant) => new(SetTenant)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.Required.ToString(null, null) } },
    };

    /// <summary>The rows of the statement.</summary>
    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken ct)
    {
        var rows = await _batch.ExecuteReaderAsync(ct);
        try
        {
            await rows.NextResultAsync(ct);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first value of the first row; null when there is none.</summary>
    public async Task<object?> ExecuteScalarAsync(CancellationToken ct)
    {
        await using var rows = await ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? rows.GetValue(0) : null;
    }

    /// <returns>How many rows were written.</returns>
    public Task<int> ExecuteNonQueryAsync(CancellationToken ct) => _batch.ExecuteNonQueryAsync(ct);

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}

/// <summary>What is asked of one district.</summary>
internal static class DistrictStatements
{
    /// <summary>A statement that sees the rows of a district.</summary>
    public static DistrictCommand CreateCommand(this NpgsqlDataSource source, DistrictId tenant, string sql) =>
        new(source, tenant, sql);

    /// <summary>Has a transaction see the rows of a district from now on.</summary>
    public static async Task EnterAsync(this NpgsqlConnection connection, DistrictId tenant, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { DistrictCommand.Enter(tenant) } };
        await batch.ExecuteNonQueryAsync(ct);
    }
}
