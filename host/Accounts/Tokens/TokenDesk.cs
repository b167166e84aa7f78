using System.Buffers.Text;
using System.Security.Cryptography;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>Gives tokens to programs, knows them again, and takes them back. 256 random bits after <c>k12_</c>, so that
/// scanners of source code know one when they see it.</summary>
public sealed class TokenDesk
{
    private const string Prefix = "k12_";
    private const int SecretBytes = 32, LongestName = 100, LongestLifeDays = 366;

    private const string Find =
        $"""
        select id as account_id, expires_at from {AccountsTables.Tokens}
         where tenant_id = $1 and hash = $2 and revoked_at is null and expires_at > $3
        """;

    private const string Use =
        $"""
        insert into {AccountsTables.TokenUses} as u (tenant_id, token_id, used_at) values ($1, $2, $3)
        on conflict (tenant_id, token_id) do update set used_at = excluded.used_at where u.used_at < excluded.used_at
        """;

    private const string List =
        $"""
        select t.id, t.name, t.permissions, t.created_at, t.expires_at, t.revoked_at, u.used_at
          from {AccountsTables.Tokens} t
          left join {AccountsTables.TokenUses} u on u.tenant_id = t.tenant_id and u.token_id = t.id
         where t.tenant_id = $1 and (t.name = $2 or $2 = '') order by t.created_at desc, t.id limit 500
        """;

    private readonly DocumentStore store;
    private readonly AccountsSettings settings;
    private readonly PermissionCatalog permissions;
    private readonly IViewerGrants grants;
    private readonly RoleGiving giving;
    private readonly TimeProvider time;

    private readonly KnownTokens known;
    private readonly TokenWatch watch;

    internal TokenDesk(
        DocumentStore store, AccountsSettings settings, PermissionCatalog permissions, IViewerGrants grants,
        RoleGiving giving, TimeProvider time, LiveEvents? live, ILogger<TokenWatch> log)
    {
        (this.store, this.settings, this.permissions, this.grants, this.giving, this.time, known) =
            (store, settings, permissions, grants, giving, time, new(time));
        watch = new(live, District, known, log);
    }

    private DistrictId District => new(settings.District);

    /// <summary>Gives one out.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="wanted">What may be done with it.</param>
    /// <param name="expiresAt">When it ends; at most a year from now.</param>
    /// <param name="giver">Who gives it, and may not give more than they have.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="role">A role it has as long as it holds, beside permissions or instead of them.</param>
    /// <returns>The id and the secret, which is told this once; or why not.</returns>
    public async Task<(Guid Id, string Secret, Refusal? Refusal)> CreateAsync(
        string name, IReadOnlyList<string> wanted, DateTimeOffset expiresAt, Viewer giver, CancellationToken ct,
        TokenRole? role = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(giver);
        var (now, called) = (time.GetUtcNow(), name.Trim());
        if (RefusalOf(called, wanted, role, expiresAt, giver, now) is { } refusal) return (default, "", refusal);

        var (id, secret) = (Guid.CreateVersion7(now), Prefix + Base64Url.EncodeToString(
            RandomNumberGenerator.GetBytes(SecretBytes)));
        var district = giver.District ?? District;
        await using var session = store.LightweightSession(district, new EventMetadata(giver.Id));
        session.Events.StartStream<ApiToken>(
            id, new ApiTokenEvent.Created(called, SecretHash.Of(secret), [.. wanted.Distinct()], now, expiresAt));
        if (role is not null && await giving.GiveAsync(
            session, district, giver, new(id, role.Name, role.Schools, expiresAt, "Given with the token."), ct)
            is { } no)
        {
            return (default, "", no);
        }

        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (default, "", TokenRefusals.NameTaken);
        }

        return (id, secret, null);
    }

    /// <summary>Gives one out from the console, where nobody asks for permissions.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="wanted">What may be done with it; null for everything there is.</param>
    /// <param name="expiresAt">When it ends; at most a year from now.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="role">A role it has as long as it holds, beside permissions or instead of them.</param>
    /// <returns>The id and the secret, which is told this once; or why not.</returns>
    public Task<(Guid Id, string Secret, Refusal? Refusal)> CreateAsync(
        string name, IReadOnlyList<string>? wanted, DateTimeOffset expiresAt, string actor, CancellationToken ct,
        TokenRole? role = null) =>
        CreateAsync(
            name, wanted ?? [.. permissions.All.Keys], expiresAt,
            Viewer.OfClient(actor, settings.District, permissions.All.Keys), ct, role);

    /// <summary>Takes those of a name back, or the one of an id.</summary>
    /// <param name="nameOrId">Either.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RevokeAsync(string nameOrId, string actor, CancellationToken ct)
    {
        if (Guid.TryParse(nameOrId, out var id)) return await RevokeAsync(District, id, actor, ct) is null;

        var holding = (await ListAsync(nameOrId, ct)).Where(one => one.RevokedAt is null).ToList();
        foreach (var token in holding) await RevokeAsync(District, token.Id, actor, ct);
        return holding.Count > 0;
    }

    /// <summary>Takes one back: here it opens nothing at once, on other nodes as soon as they hear of it, and after
    /// five seconds at the latest.</summary>
    /// <param name="district">Its district.</param>
    /// <param name="id">The token.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Why not; null when it was, also before.</returns>
    public async Task<Refusal?> RevokeAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        while (true)
        {
            await using var session = store.LightweightSession(district, new EventMetadata(actor));
            var stream = await session.Events.FetchForWriting<ApiToken>(id, ct);
            if (stream.State is not { CreatedAt: not null } token) return TokenRefusals.NotFound;
            if (token.RevokedAt is not null) return null;

            stream.AppendOne(new ApiTokenEvent.Revoked(time.GetUtcNow()));
            try
            {
                await session.SaveChangesAsync(ct);
                known.Forget(id);
                return null;
            }
            catch (ConcurrencyException)
            {
                // Somebody else changed it at the same moment: looked at again.
            }
        }
    }

    /// <summary>The tokens, the latest first; 500 at most.</summary>
    /// <param name="name">Only those of a name; empty for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ListedToken>> ListAsync(string name, CancellationToken ct)
    {
        await using var ask = new DistrictSql(store, District).With(List, name);
        await using var rows = await ask.ReadAsync(ct);
        var found = new List<ListedToken>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetString(1), rows.GetFieldValue<string[]>(2), Moment(3)!.Value,
                Moment(4)!.Value, Moment(5), Moment(6)));
        }

        return found;

        DateTimeOffset? Moment(int column) =>
            rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>Whom a token stands for; null when it is none that holds.</summary>
    internal async ValueTask<Viewer?> FindAsync(string secret, CancellationToken ct)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        var hash = SecretHash.Of(secret);
        if ((known.Find(hash) ?? await LookUpAsync(hash, ct)) is not { } found) return null;

        if (known.IsUseToBeNoted(found.Id))
        {
            await using var use = new DistrictSql(store, District).With(Use, found.Id, time.GetUtcNow());
            await use.RunAsync(ct);
            known.UseWasNoted(found.Id);
        }

        return found.Viewer;
    }

    private async ValueTask<(Guid Id, Viewer Viewer)?> LookUpAsync(string hash, CancellationToken ct)
    {
        var found = await grants.FindAsync(
            new AccountSearch<FoundToken>(District, Find, [hash, time.GetUtcNow()], rows =>
                (rows.GetGuid(0), new(rows.GetGuid(0), rows.GetFieldValue<DateTimeOffset>(1)))), ct);
        if (found is not { Viewer: var viewer, What: var token }) return null;

        watch.Begin();
        known.Keep(hash, token.Id, viewer, token.ExpiresAt);
        return (token.Id, viewer);
    }

    private Refusal? RefusalOf(
        string name, IReadOnlyList<string> wanted, TokenRole? role, DateTimeOffset expiresAt, Viewer giver,
        DateTimeOffset now) =>
        name.Length is 0 or > LongestName ? TokenRefusals.Name
        : (wanted.Count == 0 && role is null)
            || !wanted.All(one => permissions.All.ContainsKey(one) && giver.ReachOf(one).IsDistrict)
            ? TokenRefusals.Permissions
        : expiresAt <= now || expiresAt > now.AddDays(LongestLifeDays) ? TokenRefusals.Expiry
        : null;

    private sealed record FoundToken(Guid Id, DateTimeOffset ExpiresAt);
}

/// <summary>A role a token is made with.</summary>
/// <param name="Name">The role: integration, auditor and so on.</param>
/// <param name="Schools">The schools it is for; none for the whole district.</param>
public sealed record TokenRole(string Name, IReadOnlyList<Guid> Schools);
