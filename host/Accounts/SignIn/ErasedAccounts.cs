using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>Whoever is erased is signed out everywhere and does not sign in again.</summary>
internal sealed class ErasedAccounts(DocumentStore store, AccountDesk desk, AccountsSettings settings) : IBeforeErasure
{
    // Others than accounts are erased, too, and have streams of their own under their ids.
    private const string Find =
        $"select exists (select from {AccountsTables.Accounts} where tenant_id = $1 and id = $2)";

    public async Task BeforeErasingAsync(
        DistrictId district, Guid subject, string actor, CancellationToken cancellationToken)
    {
        if (district.Value != settings.District) return;

        bool isAccount;
        await using (var ask = DistrictBatch.For(store, district).With(Find, district.Value, subject))
        await using (var row = await ask.ReadAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            isAccount = row.GetBoolean(0);
        }

        if (isAccount) await desk.DisableAsync(subject, actor, cancellationToken);
    }
}
