using System.Buffers.Text;
using System.Security.Cryptography;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>Who is signed in, in rows that all nodes see: what ends here has ended everywhere. The browser holds 256
/// random bits, the table their hash.</summary>
internal sealed class Sessions(DocumentStore store, AccountsSettings settings, TimeProvider time)
{
    private const int TokenBytes = 32, LongestDevice = 200;
    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private const string Keep =
        $"""
        insert into {AccountsTables.Sessions}
          (tenant_id, hash, id, account_id, step, began_at, seen_at, ends_at, proved_at, device, held)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $6, $8, $9)
        """;

    // An account that was disabled, by whatever way, has no session.
    private const string Find =
        $"""
        select s.id, s.account_id, s.step, s.proved_at, s.held, s.seen_at
          from {AccountsTables.Sessions} s
         where s.tenant_id = $1 and s.hash = $2 and s.ends_at > $3 and s.seen_at > $4
           and (s.step = '{SessionStep.Challenged}' or exists (
             select from {AccountsTables.Accounts} a
              where a.tenant_id = $1 and a.id = s.account_id and a.state <> 'disabled'))
        """;

    private const string FindSignedIn = $"{Find} and s.step = '{SessionStep.Full}'";

    private const string Seen =
        $"update {AccountsTables.Sessions} set seen_at = $3 where tenant_id = $1 and hash = $2";

    private const string Hold = $"update {AccountsTables.Sessions} set held = $3 where tenant_id = $1 and hash = $2";

    private const string End = $"delete from {AccountsTables.Sessions} where tenant_id = $1 and hash = $2";

    private const string EndOne =
        $"delete from {AccountsTables.Sessions} where tenant_id = $1 and account_id = $2 and id = $3";

    private const string EndAll =
        $"delete from {AccountsTables.Sessions} where tenant_id = $1 and account_id = $2 and hash <> $3";

    private const string EndOld =
        $"delete from {AccountsTables.Sessions} where tenant_id = $1 and (ends_at <= $2 or seen_at <= $3)";

    private const string List =
        $"""
        select id, began_at, seen_at, device, hash = $3 from {AccountsTables.Sessions}
         where tenant_id = $1 and account_id = $2 and step = '{SessionStep.Full}' and ends_at > $4 and seen_at > $5
         order by seen_at desc limit 100
        """;

    private DistrictId District => new(settings.District);

    private DateTimeOffset IdleSince => time.GetUtcNow().AddMinutes(-settings.IdleMinutes);

    /// <summary>Begins one; the one the browser had before ends, so that nobody can have put it there.</summary>
    /// <returns>What the browser gets.</returns>
    public async Task<string> BeginAsync(
        Guid account, string step, string? device, LiveSession? before, CancellationToken ct, string? held = null)
    {
        var (now, token) = (time.GetUtcNow(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)));
        var ends = now + (step == SessionStep.Full ? TimeSpan.FromHours(settings.SessionHours) : LongestStep);
        var shown = device is { Length: > LongestDevice } ? device[..LongestDevice] : device;
        await using var begin = new DistrictSql(store, District)
            .With(End, before?.Hash ?? "")
            .With(EndOld, now, IdleSince)
            .With(
                Keep, SecretHash.Of(token), Guid.CreateVersion7(now), account, step, now, ends, Text(shown),
                Text(held));
        await begin.RunAsync(ct);
        return token;
    }

    /// <summary>The session of a token; null when there is none that holds.</summary>
    public async Task<LiveSession?> FindAsync(string token, CancellationToken ct)
    {
        var (now, hash) = (time.GetUtcNow(), SecretHash.Of(token));
        Found found;
        await using (var ask = new DistrictSql(store, District).With(Find, hash, now, IdleSince))
        await using (var rows = await ask.ReadAsync(ct))
        {
            if (!await rows.ReadAsync(ct)) return null;

            found = Read(rows, hash);
        }

        await SeeAsync(found, now, ct);
        return found.Session;
    }

    /// <summary>The session of a token with what its account may do, in one round trip; null when there is none that
    /// holds and is signed in.</summary>
    public async Task<FoundViewer<LiveSession>?> FindAsync(
        string token, IViewerGrants grants, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await LookAsync(token, grants, now, ct) is not { } found) return null;

        await SeeAsync(found.What, now, ct);
        return new(found.Viewer, found.What.Session);
    }

    /// <summary>What the account of a session may do; null when it holds no more. That it was looked at does not keep
    /// it from ending.</summary>
    public async Task<Viewer?> LookAsync(string token, IViewerGrants grants, CancellationToken ct) =>
        (await LookAsync(token, grants, time.GetUtcNow(), ct))?.Viewer;

    private async Task<FoundViewer<Found>?> LookAsync(
        string token, IViewerGrants grants, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretHash.Of(token);
        return await grants.FindAsync(
            new AccountSearch<Found>(District, FindSignedIn, [hash, now, IdleSince], rows =>
                (rows.GetGuid(1), Read(rows, hash))), ct);
    }

    private static Found Read(NpgsqlDataReader rows, string hash) => new(
        new(rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3),
            rows.IsDBNull(4) ? null : rows.GetString(4), hash),
        rows.GetFieldValue<DateTimeOffset>(5));

    private async Task SeeAsync(Found found, DateTimeOffset now, CancellationToken ct)
    {
        if (now - found.SeenAt < SeenAgain) return;

        await using var again = new DistrictSql(store, District).With(Seen, found.Session.Hash, now);
        await again.RunAsync(ct);
    }

    /// <summary>Remembers what must come back in the next step; null for nothing more.</summary>
    public async Task HoldAsync(LiveSession session, string? held, CancellationToken ct)
    {
        await using var hold = new DistrictSql(store, District).With(Hold, session.Hash, Text(held));
        await hold.RunAsync(ct);
    }

    public async Task EndAsync(LiveSession session, CancellationToken ct)
    {
        await using var end = new DistrictSql(store, District).With(End, session.Hash);
        await end.RunAsync(ct);
    }

    /// <summary>Ends one of an account by its id for lists.</summary>
    public async Task EndAsync(Guid account, Guid id, CancellationToken ct)
    {
        await using var end = new DistrictSql(store, District).With(EndOne, account, id);
        await end.RunAsync(ct);
    }

    /// <summary>Ends all of an account but one.</summary>
    public async Task EndAllAsync(Guid account, LiveSession? but, CancellationToken ct)
    {
        await using var end = new DistrictSql(store, District).With(EndAll, account, but?.Hash ?? "");
        await end.RunAsync(ct);
    }

    /// <summary>Those of the account of one, the latest used first.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(LiveSession own, CancellationToken ct)
    {
        await using var ask = new DistrictSql(store, District)
            .With(List, own.Account, own.Hash, time.GetUtcNow(), IdleSince);
        await using var rows = await ask.ReadAsync(ct);
        var found = new List<ListedSession>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2),
                await rows.IsDBNullAsync(3, ct) ? "" : rows.GetString(3), rows.GetBoolean(4)));
        }

        return found;
    }

    private static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = value };

    private sealed record Found(LiveSession Session, DateTimeOffset SeenAt);
}

/// <summary>A session as its owner sees it.</summary>
internal sealed record ListedSession(
    Guid Id, DateTimeOffset BeganAt, DateTimeOffset SeenAt, string Device, bool IsThis);
