using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>The first administrator is a district administrator: somebody has to give the first role.</summary>
internal sealed class FirstAdministratorGrants(DocumentStore store) : IDerivedGrants
{
    private const string Find =
        $"""
        select exists (select from {AccountsTables.Accounts}
                        where tenant_id = $1 and id = $2 and is_first_administrator and state = 'active')
        """;

    public async ValueTask<IReadOnlyList<DerivedGrant>> OfAsync(
        DistrictId district, Guid accountId, CancellationToken cancellationToken)
    {
        await using var ask = new DistrictSql(store, district).With(Find, accountId);
        await using var rows = await ask.ReadAsync(cancellationToken);
        var isFirst = await rows.ReadAsync(cancellationToken) && rows.GetBoolean(0);
        return isFirst
            ? [new(Roles.DistrictAdministrator, Reach.District, "The first administrator of the installation.")]
            : [];
    }
}
