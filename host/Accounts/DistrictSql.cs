using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>Statements about one district, whose number is <c>$1</c> of each.</summary>
internal sealed class DistrictSql(DocumentStore store, DistrictId district) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = DistrictBatch.For(store, district);

    /// <summary>Adds a statement with its values, from <c>$2</c> on.</summary>
    public DistrictSql With(string sql, params ReadOnlySpan<object> values)
    {
        batch.With(sql, [district.Value, .. values]);
        return this;
    }

    /// <summary>The rows of the first statement that was added; <c>NextResultAsync</c> has those of the next.</summary>
    public Task<NpgsqlDataReader> ReadAsync(CancellationToken ct) => batch.ReadAsync(ct);

    public Task RunAsync(CancellationToken ct) => batch.ExecuteNonQueryAsync(ct);

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
