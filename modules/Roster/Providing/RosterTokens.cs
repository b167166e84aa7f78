using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Tokens in a table of the district they read.</summary>
internal sealed class RosterTokens(DocumentStore store, TimeProvider time) : IRosterTokens
{
    public async Task KeepAsync(short district, RosterToken token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        await using var batch = DistrictBatch.For(store, new(district)).With(
            $"delete from {RosterTables.TokenRows} where tenant_id = $1 and expires_at < $2", district,
            time.GetUtcNow());
        var row = new ProviderTokenRow
        {
            Hash = token.Hash, Client = token.Client, Scopes = [.. token.Scopes], ExpiresAt = token.ExpiresAt,
        };
        RowInsert.Add(batch, store.Options.Tables.For<ProviderTokenRow>(), new(district), row);
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<RosterToken?> FindAsync(short district, string hash, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, new(district)).With(
            $"select client, scopes, expires_at from {RosterTables.TokenRows} where tenant_id = $1 and hash = $2",
            district, hash);
        await using var rows = await batch.ReadAsync(ct);
        return await rows.ReadAsync(ct)
            ? new(hash, rows.GetString(0), rows.GetFieldValue<string[]>(1), rows.GetFieldValue<DateTimeOffset>(2))
            : null;
    }
}
