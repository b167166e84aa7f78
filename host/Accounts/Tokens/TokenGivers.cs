using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>Knows who gave a token out, be it by way of other tokens.</summary>
internal sealed class TokenGivers(DocumentStore store) : IPersonBehind
{
    // Who did something stands on its event; at the console that is no id. A token may have been given out with
    // another.
    private const string Find =
        """
        with recursive behind (id, step) as (
          select $2, 0
          union all
          select e.actor::uuid, b.step + 1
            from behind b join es.events e
              on e.tenant_id = $1 and e.stream_id = b.id and e.version = 1 and e.type = 'api_token.created'
           where e.actor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
        select id from behind order by step desc limit 1
        """;

    public async ValueTask<string> FindAsync(
        DistrictId district, string viewer, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(viewer, out var id)) return viewer;

        await using var ask = new DistrictSql(store, district).With(Find, id);
        await using var row = await ask.ReadAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetGuid(0).ToString();
    }
}
