using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>What accounts may do now: by the roles they were given that are in force, and by what is derived. However
/// many sources there are, they are asked in one round trip.</summary>
internal sealed class ViewerGrants(
    DocumentStore store, RoleCatalog roles, IEnumerable<DerivedGrants> derived, TimeProvider time) : IViewerGrants
{
    private static readonly DerivedGrants Given = new(
        $$"""
        select account_id, role, null::text[], school_ids, topic_ids, '{}'::uuid[], reason, from_at, '{}'::uuid[]
          from policy.grants_v1
         where tenant_id = $1 and account_id = any({{DerivedGrants.Asked}}) and ended_at is null
           and from_at <= $3 and (until is null or until > $3)
        """,
        """
        select distinct account_id from policy.grants_v1
         where tenant_id = $1 and account_id > $3 and ended_at is null
           and from_at <= $2 and (until is null or until > $2)
           and ($8 or (school_ids = '{}' and topic_ids = '{}') or school_ids && $5 or topic_ids && $6)
         order by account_id limit $4
        """);

    private readonly DerivedGrants[] sources = [Given, .. derived];

    public async ValueTask<Viewer> ViewerOfAsync(
        DistrictId district, Guid accountId, CancellationToken cancellationToken) =>
        ViewerOf(district, accountId, await OfAsync(district, [accountId], cancellationToken).ConfigureAwait(false));

    public async ValueTask<FoundViewer<T>?> FindAsync<T>(AccountSearch<T> search, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(search);
        object[] values = [search.District.Value, .. search.Values];
        var batch = DistrictBatch.For(store, search.District).With(search.Sql, values);
        await using var disposing = batch.ConfigureAwait(false);
        var found = $"array(select found.account_id from ({search.Sql}) found)";
        foreach (var source in sources)
        {
            batch.With(source.Of.Replace(DerivedGrants.Asked, found, StringComparison.Ordinal), values);
        }

        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;

        var (account, what) = search.Read(rows);
        await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var held = await HeldAsync(rows, cancellationToken).ConfigureAwait(false);
        return new(ViewerOf(search.District, account, held), what);
    }

    /// <summary>What accounts have.</summary>
    public async ValueTask<List<HeldGrant>> OfAsync(DistrictId district, Guid[] accounts, CancellationToken ct)
    {
        var batch = DistrictBatch.For(store, district);
        await using var disposing = batch.ConfigureAwait(false);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var source in sources) batch.With(source.Of, district.Value, accounts, now);

        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        return await HeldAsync(rows, ct).ConfigureAwait(false);
    }

    /// <summary>Some accounts that may see an object, the next in the order of their ids as text.</summary>
    /// <param name="district">The district.</param>
    /// <param name="seen">The object.</param>
    /// <param name="after">The account to come after.</param>
    /// <param name="most">How many a source may give.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The accounts, and whether there may be more.</returns>
    public async ValueTask<(List<Guid> Accounts, bool More)> AmongAsync(
        DistrictId district, SeenObject seen, Guid after, int most, CancellationToken ct)
    {
        var batch = DistrictBatch.For(store, district);
        await using var disposing = batch.ConfigureAwait(false);
        foreach (var source in sources)
        {
            batch.With(
                source.Among, district.Value, time.GetUtcNow().UtcDateTime, after, most, seen.Schools, seen.Topics,
                seen.People, seen.IsOpen, seen.Permission, new NpgsqlParameter<Guid?> { TypedValue = seen.PrivateId });
        }

        var found = new List<string>();
        var end = (string?)null;
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        foreach (var _ in sources)
        {
            var own = new List<string>();
            while (await rows.ReadAsync(ct).ConfigureAwait(false)) own.Add(rows.GetGuid(0).ToString());
            await rows.NextResultAsync(ct).ConfigureAwait(false);
            found.AddRange(own);

            // Behind the last one of a source that had more to give, others may be missing.
            if (own.Count == most && (end is null || string.CompareOrdinal(own[^1], end) < 0)) end = own[^1];
        }

        var all = found.Distinct().Where(one => end is null || string.CompareOrdinal(one, end) <= 0)
            .Order(StringComparer.Ordinal).Select(Guid.Parse).ToList();
        return (all, end is not null);
    }

    /// <summary>Whom an account stands for with what it has.</summary>
    public Viewer ViewerOf(DistrictId district, Guid account, IEnumerable<HeldGrant> held)
    {
        var all = held.ToList();
        return Viewer.Of(
            account.ToString("D", CultureInfo.InvariantCulture), district, all.SelectMany(one => one.Reaches(roles)),
            all.SelectMany(one => one.Opened));
    }

    private async ValueTask<List<HeldGrant>> HeldAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var held = new List<HeldGrant>();
        foreach (var _ in sources)
        {
            await HeldGrant.AddToAsync(held, rows, ct).ConfigureAwait(false);
            await rows.NextResultAsync(ct).ConfigureAwait(false);
        }

        return held;
    }
}
