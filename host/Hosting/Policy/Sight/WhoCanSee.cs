using System.Buffers.Text;
using System.Globalization;
using K12Hub.EventStore;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;

namespace K12Hub.Hosting;

/// <summary>An account, or a token, that can see an object.</summary>
/// <param name="AccountId">Id of the account or token.</param>
/// <param name="IsToken">Whether it is a token: whatever program has it, and whoever runs that, can see it too.</param>
/// <param name="Reasons">Why, in sentences.</param>
internal sealed record ObjectReader(Guid AccountId, bool IsToken, IReadOnlyList<string> Reasons);

/// <summary>Answers who can see an object: looks at every account that may, as the policy looks at a viewer.</summary>
internal sealed class WhoCanSee(
    ObjectSight sight, ViewerGrants grants, KnownIds known, DocumentStore store, RoleCatalog roles, TimeProvider time,
    GrantHolders? holders = null)
{
    private const int LookedAtOnce = 200;
    private const int CursorBytes = 16;

    /// <summary>A page of those who can see it, in the order of their ids; none where there is no such
    /// object.</summary>
    public async Task<Page<ObjectReader>> PageAsync(
        DistrictId district, string id, PagingArguments paging, CancellationToken ct)
    {
        var size = paging.First ?? paging.DefaultPageSize;
        if (paging is { Last: not null } or { Before: not null } || size is < 0 or > PagingArguments.LargestPage)
        {
            throw new GraphQLException(
                $"A page has the first 0 to {PagingArguments.LargestPage} readers after a cursor.", "PAGING_INVALID");
        }

        var after = paging.After is { } cursor ? Read(cursor) : Guid.Empty;
        var found = new List<Reader>();
        var seen = await sight.FindAsync(district, id, ct).ConfigureAwait(false);
        for (var more = seen is not null; more && found.Count <= size;)
        {
            (var accounts, more) = await grants.AmongAsync(district, seen!, after, LookedAtOnce, ct)
                .ConfigureAwait(false);
            if (accounts.Count == 0) break;

            found.AddRange(await ReadersAsync(district, seen!, [.. accounts], ct).ConfigureAwait(false));
            after = accounts[^1];
        }

        return new(await ExplainedAsync(district, seen!, [.. found.Take(size)], ct).ConfigureAwait(false), Cursor)
        {
            HasNextPage = found.Count > size, HasPreviousPage = paging.After is not null,
        };
    }

    private async Task<List<ObjectReader>> ExplainedAsync(
        DistrictId district, SeenObject seen, List<Reader> readers, CancellationToken ct)
    {
        var schools = readers.SelectMany(one => one.By).SelectMany(held => held.Scope.Schools).Distinct();
        var names = await known.NamesAsync(store, district, "school", [.. schools], ct).ConfigureAwait(false);
        return [.. readers.Select(one => new ObjectReader(one.Account, one.IsToken, Reasons(seen, one.By, names)))];
    }

    /// <summary>Those of some accounts that see it, each with what it sees it by.</summary>
    private async Task<List<Reader>> ReadersAsync(
        DistrictId district, SeenObject seen, Guid[] accounts, CancellationToken ct)
    {
        var usable = await UsableAsync(district, accounts, ct).ConfigureAwait(false);
        var held = (await grants.OfAsync(district, accounts, ct).ConfigureAwait(false)).ToLookup(one => one.Account);
        return
        [
            .. from account in accounts
               where usable.ContainsKey(account) && Sees(district, seen, account, held[account])
               select new Reader(account, usable[account], By(district, seen, account, held[account])),
        ];
    }

    private bool Sees(DistrictId district, SeenObject seen, Guid account, IEnumerable<HeldGrant> held) =>
        seen.IsSeenBy(grants.ViewerOf(district, account, held));

    /// <summary>What is enough by itself; where nothing is, all that has to do with it.</summary>
    private List<HeldGrant> By(DistrictId district, SeenObject seen, Guid account, IEnumerable<HeldGrant> held)
    {
        var enough = held.Where(one => Sees(district, seen, account, [one])).ToList();
        return enough.Count > 0
            ? enough
            : [.. held.Where(one => one.Opened.Count > 0 || one.Reaches(roles).Any(it => it.Key == seen.Permission))];
    }

    private async Task<Dictionary<Guid, bool>> UsableAsync(DistrictId district, Guid[] accounts, CancellationToken ct)
    {
        var usable = new Dictionary<Guid, bool>();
        if (holders is null) return usable;

        var batch = DistrictBatch.For(store, district)
            .With(holders.Sql, district.Value, accounts, time.GetUtcNow().UtcDateTime);
        await using var disposing = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(ct).ConfigureAwait(false)) usable[rows.GetGuid(0)] = rows.GetString(1) == "token";
        return usable;
    }

    private static List<string> Reasons(
        SeenObject seen, List<HeldGrant> by, IReadOnlyDictionary<Guid, string> names)
    {
        var reasons = by.Select(one => Reason(seen, one, names)).ToList();
        if (seen.IsOpen && by.TrueForAll(one => !one.Scope.IsDistrict))
        {
            reasons.Add($"Everybody who has {seen.Permission}, however far, sees all of this kind.");
        }

        return reasons;
    }

    private static string Reason(SeenObject seen, HeldGrant held, IReadOnlyDictionary<Guid, string> names)
    {
        var title = held.Role?.Title ?? (held.Permissions.Count > 0 ? $"Has {seen.Permission}" : "Opened");
        var schools = held.Scope.Schools.Where(school => seen.IsOpen || seen.Schools.Contains(school))
            .Select(school => names.GetValueOrDefault(school, school.ToString())).Order(StringComparer.Ordinal);
        var place = held.Scope.IsDistrict ? (held.Opened.Count > 0 ? "" : " for the whole district")
            : string.Concat(
                held.Scope.Schools.Count > 0 ? $" at {string.Join(", ", schools)}" : "",
                held.Scope.Topics.Count > 0 ? " for the topic" : "");
        var since = held.Since is { } day
            ? string.Create(CultureInfo.InvariantCulture, $" since {day.UtcDateTime:yyyy-MM-dd}")
            : "";
        return $"{title}{place}{since}: {held.Because}";
    }

    private static string Cursor(ObjectReader reader) => Base64Url.EncodeToString(reader.AccountId.ToByteArray());

    private static Guid Read(string cursor) =>
        Base64Url.IsValid(cursor, out var length) && length == CursorBytes
            ? new Guid(Base64Url.DecodeFromChars(cursor))
            : throw new GraphQLException("The cursor is none of this list.", "CURSOR_INVALID");

    /// <summary>An account or token that sees it, and what it sees it by.</summary>
    private sealed record Reader(Guid Account, bool IsToken, List<HeldGrant> By);
}
