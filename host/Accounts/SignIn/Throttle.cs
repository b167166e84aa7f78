using System.Net;
using System.Net.Sockets;
using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>Slows guessing down: of one account, from one network, and of everybody. Each failure beyond a few makes
/// the next pause longer, up to an end; nobody is locked out for good. Counted in the database, so all nodes share
/// it.</summary>
internal sealed class Throttle(DocumentStore store, AccountsSettings settings, TimeProvider time)
{
    private static readonly Bucket Account = new("account", 5, 1, 15 * 60, 60 * 60);
    private static readonly Bucket Network = new("network", 20, 1, 15 * 60, 60 * 60);
    private static readonly Bucket Everybody = new("all", 60, 1, 5, 60);

    /// <summary>An attempt counts before it is made, so that many at once count as many. One that is not taken does not
    /// prolong the pause.</summary>
    private const string Take =
        $"""
        insert into {AccountsTables.Attempts} as a (tenant_id, bucket, failures, last_at, open_at)
        values ($1, $2, 1, $3, $3)
        on conflict (tenant_id, bucket) do update
          set failures = case when a.last_at < $3 - make_interval(secs => $7) then 1 else a.failures + 1 end,
              last_at = $3,
              open_at = $3 + make_interval(secs => case
                when a.last_at < $3 - make_interval(secs => $7) or a.failures < $4 then 0
                else least($5 * power(2, least(a.failures - $4, 20)), $6) end)
          where a.open_at <= $3
        returning true
        """;

    private const string Open = $"select open_at from {AccountsTables.Attempts} where tenant_id = $1 and bucket = $2";

    private readonly record struct Bucket(
        string Name, int Free, double FirstPause, double LongestPause, double ForgottenAfter);

    /// <summary>Takes an attempt on an account from an address, or says how long to wait.</summary>
    public async Task<TimeSpan?> TakeAsync(string account, IPAddress? from, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        TimeSpan? longest = null;
        foreach (var (bucket, key) in KeysOf(account, from))
        {
            if (await TakeAsync(bucket, key, now, ct) is not { } open) continue;
            var wait = open - now;
            if (longest is null || wait > longest) longest = wait;
        }

        return longest;
    }

    /// <summary>The attempt was no guess: it is taken back, and the account's are forgotten.</summary>
    public async Task SucceededAsync(string account, IPAddress? from, CancellationToken ct)
    {
        var keys = KeysOf(account, from).ToList();
        await using var back = new DistrictSql(store, new(settings.District))
            .With($"delete from {AccountsTables.Attempts} where tenant_id = $1 and bucket = $2", keys[0].Key)
            .With(
                $"""
                update {AccountsTables.Attempts} set failures = greatest(failures - 1, 0), open_at = $3
                 where tenant_id = $1 and bucket = any($2)
                """,
                keys.Skip(1).Select(key => key.Key).ToArray(), time.GetUtcNow())
            .With(
                $"delete from {AccountsTables.Attempts} where tenant_id = $1 and last_at < $2",
                time.GetUtcNow().AddDays(-1));
        await back.RunAsync(ct);
    }

    private static IEnumerable<(Bucket Bucket, string Key)> KeysOf(string account, IPAddress? from) =>
    [
        (Account, SecretHash.Of($"account\n{account}")),
        (Network, SecretHash.Of($"network\n{NetworkOf(from)}")),
        (Everybody, SecretHash.Of("all")),
    ];

    /// <summary>The 256 addresses an address belongs to, and of IPv6 what one customer gets.</summary>
    private static string NetworkOf(IPAddress? from)
    {
        if (from is null) return "";

        var plain = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexString(bytes, 0, plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 8);
    }

    /// <returns>Null when it was taken; else when the next one is.</returns>
    private async Task<DateTimeOffset?> TakeAsync(Bucket bucket, string key, DateTimeOffset now, CancellationToken ct)
    {
        await using var take = new DistrictSql(store, new(settings.District))
            .With(Take, key, now, bucket.Free, bucket.FirstPause, bucket.LongestPause, bucket.ForgottenAfter)
            .With(Open, key);
        await using var rows = await take.ReadAsync(ct);
        if (await rows.ReadAsync(ct)) return null;

        await rows.NextResultAsync(ct);
        return await rows.ReadAsync(ct) ? rows.GetFieldValue<DateTimeOffset>(0) : null;
    }
}
