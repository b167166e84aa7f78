using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Tokens in a table of the district they read.</summary>
internal sealed class RosterTokens(DocumentStore store, TimeProvider time) : IRosterTokens
{
    private const string Enter = "select set_config('k12.tenant', $1, true)";

    public async Task KeepAsync(short district, RosterToken token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        await using var batch = Batch(district);
        batch.BatchCommands.Add(new($"delete from {RosterTables.TokenRows} where tenant_id = $1 and expires_at < $2")
        {
            Parameters = { new() { Value = district }, new() { Value = time.GetUtcNow() } },
        });
        var row = new ProviderTokenRow
        {
            Hash = token.Hash, Client = token.Client, Scopes = [.. token.Scopes], ExpiresAt = token.ExpiresAt,
        };
        RowInsert.Add(batch, store.Options.Tables.For<ProviderTokenRow>(), new(district), row);
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<RosterToken?> FindAsync(short district, string hash, CancellationToken ct)
    {
        await using var batch = Batch(district);
        batch.BatchCommands.Add(new(
            $"select client, scopes, expires_at from {RosterTables.TokenRows} where tenant_id = $1 and hash = $2")
        {
            Parameters = { new() { Value = district }, new() { Value = hash } },
        });
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        return await rows.ReadAsync(ct)
            ? new(hash, rows.GetString(0), rows.GetFieldValue<string[]>(1), rows.GetFieldValue<DateTimeOffset>(2))
            : null;
    }

    private NpgsqlBatch Batch(short district)
    {
        var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new(Enter)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = district.ToString(null, null) } },
        });
        return batch;
    }
}
