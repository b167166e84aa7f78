using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>Statements that see the rows of one district, in one message and one transaction: the first names
/// it. The district is <c>$1</c> of every statement.</summary>
internal sealed class DistrictSql : IAsyncDisposable
{
    private readonly NpgsqlBatch batch;
    private readonly DistrictId district;

    public DistrictSql(DocumentStore store, DistrictId district)
    {
        (batch, this.district) = (store.DataSource.CreateBatch(), district);
        batch.BatchCommands.Add(new("select set_config('k12.tenant', $1, true)")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = district.Value.ToString(CultureInfo.InvariantCulture) },
            },
        });
    }

    /// <summary>Adds a statement with its values, from <c>$2</c> on.</summary>
    public DistrictSql With(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = district.Value });
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>The rows of the first statement that was added; <c>NextResultAsync</c> has those of the next.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken ct)
    {
        var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        return rows;
    }

    public Task RunAsync(CancellationToken ct) => batch.ExecuteNonQueryAsync(ct);

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
