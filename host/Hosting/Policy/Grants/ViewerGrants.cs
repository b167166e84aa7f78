using System.Globalization;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>What an account may do now: by the roles it was given that are in force, and by those that are
/// derived.</summary>
internal sealed class ViewerGrants(
    DocumentStore store, RoleCatalog roles, IEnumerable<IDerivedGrants> derived, TimeProvider time) : IViewerGrants
{
    private const string Find =
        """
        select role, school_ids, topic_ids from policy.grants_v1
         where tenant_id = $1 and account_id = $2 and ended_at is null
           and from_at <= $3 and (until is null or until > $3)
        """;

    public async ValueTask<Viewer> ViewerOfAsync(
        DistrictId district, Guid accountId, CancellationToken cancellationToken)
    {
        var reaches = new List<KeyValuePair<string, Reach>>();
        foreach (var (role, scope) in await GivenAsync(district, accountId, cancellationToken).ConfigureAwait(false))
        {
            reaches.AddRange(roles.Reaches(role, scope));
        }

        foreach (var source in derived)
        {
            var found = await source.OfAsync(district, accountId, cancellationToken).ConfigureAwait(false);
            foreach (var grant in found) reaches.AddRange(roles.Reaches(grant.Role, grant.Scope));
        }

        return Viewer.Of(accountId.ToString("D", CultureInfo.InvariantCulture), district, reaches);
    }

    private async Task<List<(Role Role, Reach Scope)>> GivenAsync(
        DistrictId district, Guid accountId, CancellationToken ct)
    {
        var batch = DistrictBatch.For(store, district)
            .With(Find, district.Value, accountId, time.GetUtcNow().UtcDateTime);
        await using var disposing = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        var given = new List<(Role, Reach)>();
        while (await rows.ReadAsync(ct).ConfigureAwait(false))
        {
            if (RoleCatalog.Find(rows.GetString(0)) is not { } role) continue; // A role of a later version.

            var (schools, topics) = (rows.GetFieldValue<Guid[]>(1), rows.GetFieldValue<Guid[]>(2));
            given.Add((role, schools.Length + topics.Length == 0
                ? Reach.District
                : Reach.AtSchools(schools).And(Reach.InTopics(topics))));
        }

        return given;
    }
}
