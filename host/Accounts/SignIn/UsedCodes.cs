using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>Remembers the latest code of an app that counted: it counts once, on all nodes, and so does none before
/// it.</summary>
internal sealed class UsedCodes(DocumentStore store, AccountsSettings settings)
{
    private const string Use =
        $"""
        insert into {AccountsTables.UsedCodes} as u (tenant_id, account_id, step) values ($1, $2, $3)
        on conflict (tenant_id, account_id) do update set step = excluded.step where u.step < excluded.step
        returning true
        """;

    /// <returns>False when it was used before.</returns>
    public async Task<bool> UseAsync(Guid account, long step, CancellationToken ct)
    {
        await using var use = new DistrictSql(store, new(settings.District)).With(Use, account, step);
        await using var rows = await use.ReadAsync(ct);
        return await rows.ReadAsync(ct);
    }
}
