using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Limits that all nodes keep together. A node takes a twentieth of a limit from the database at a time and
/// spends that by itself: a request costs nothing more but now and then a round trip, and no more is let through in a
/// window than the limit says. While the database cannot be asked a node lets its own part through.</summary>
public sealed partial class SharedLimits
{
    private const int Parts = 20;
    private const int MostKept = 50_000;

    // One statement, so that whoever asks at the same moment waits for the row.
    private const string Take =
        $"""
        insert into {LimitWindowRow.Rows} as w (tenant_id, name, who, started_at, before, taken)
        values ($1, $2, $3, $4, 0, $5)
        on conflict (tenant_id, name, who) do update
          set before = case when w.started_at < excluded.started_at then 0 else w.taken end,
              taken = case when w.started_at < excluded.started_at then $5 else least($6, w.taken + $5) end,
              started_at = greatest(w.started_at, excluded.started_at)
        returning taken - before
        """;

    private const string Clear = $"delete from {LimitWindowRow.Rows} where tenant_id = $1 and started_at < $2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private readonly DocumentStore store;
    private readonly LimitsSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<SharedLimits> log;
    private readonly ConcurrentDictionary<(short District, string Name, string Who), Lease> leases = new();
    private readonly ConcurrentDictionary<short, DateTimeOffset> cleared = new();
    private long saidAt;

    internal SharedLimits(
        DocumentStore store, LimitsSettings settings, TimeProvider time, ILogger<SharedLimits> log) =>
        (this.store, this.settings, this.time, this.log) = (store, settings, time, log);

    /// <summary>Takes one of what a limit lets through.</summary>
    /// <param name="district">Whose limit, by its number.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="who">For whom it is counted: the id of an account or token, or what <see cref="Of"/> says.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>Null when it may go on; else after how long to come back.</returns>
    public ValueTask<TimeSpan?> TakeAsync(short district, Limit limit, string who, CancellationToken ct)
    {
        if (limit.Most == 0) return new((TimeSpan?)null);

        var now = time.GetUtcNow();
        var start = StartOf(limit, now);
        var lease = LeaseOf((district, limit.Name, who), start);
        return lease.TrySpend() ? new((TimeSpan?)null) : new(TakeSlowlyAsync(lease, district, limit, who, now, ct));
    }

    /// <summary>For whom requests from an address count: itself, and of IPv6 the network that one customer
    /// gets.</summary>
    /// <param name="address">The address; null where it is not known.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }

    private async Task<TimeSpan?> TakeSlowlyAsync(
        Lease lease, short district, Limit limit, string who, DateTimeOffset now, CancellationToken ct)
    {
        while (!lease.TrySpend())
        {
            if (lease.IsEmpty) return TimeSpan.FromTicks(Math.Max(
                TimeSpan.TicksPerSecond, (lease.Start + limit.Window - now).Ticks));

            await lease.GetMoreAsync(
                () => GiveAsync(new(district), limit, who, lease.Start), Math.Max(1, limit.Most / settings.Nodes))
                .WaitAsync(ct).ConfigureAwait(false);
        }

        return null;
    }

    private static DateTimeOffset StartOf(Limit limit, DateTimeOffset now) =>
        now.AddTicks(-(now.UtcTicks % limit.Window.Ticks));

    private Lease LeaseOf((short District, string Name, string Who) key, DateTimeOffset start)
    {
        if (leases.TryGetValue(key, out var lease) && lease.Start == start) return lease;

        // Of addresses there are many; the database knows how much of each was given.
        if (leases.Count >= MostKept) leases.Clear();
        var fresh = new Lease(start);
        return leases.AddOrUpdate(key, fresh, (_, before) => before.Start == start ? before : fresh);
    }

    /// <returns>Null where the database cannot be asked.</returns>
    private async Task<int?> GiveAsync(DistrictId district, Limit limit, string who, DateTimeOffset start)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var part = Math.Max(1, limit.Most / Parts);
            await using var batch = DistrictBatch.For(store, district).With(
                Take, district.Value, limit.Name, HashOf(who), start.UtcDateTime, part, limit.Most);
            if (IsToBeCleared(district.Value, start)) batch.With(Clear, district.Value, (start - Kept).UtcDateTime);
            await using var rows = await batch.ReadAsync(patience.Token).ConfigureAwait(false);
            return await rows.ReadAsync(patience.Token).ConfigureAwait(false) ? rows.GetInt32(0) : 0;
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            if (IsNews(time.GetUtcNow())) LogAlone(limit.Name, away.GetType().Name);
            return null;
        }
    }

    /// <summary>Whether it is a minute since it was said.</summary>
    private bool IsNews(DateTimeOffset now)
    {
        var before = Interlocked.Read(ref saidAt);
        return now.UtcTicks - before >= TimeSpan.TicksPerMinute
            && Interlocked.CompareExchange(ref saidAt, now.UtcTicks, before) == before;
    }

    private bool IsToBeCleared(short district, DateTimeOffset now)
    {
        if (cleared.TryGetValue(district, out var before) && now - before < Kept) return false;

        cleared[district] = now;
        return true;
    }

    private static string HashOf(string who) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who)).AsSpan(0, 16));

    [LoggerMessage(
        1, LogLevel.Warning,
        "What was let through of {Limit} could not be counted ({Exception}); this node lets its own part through")]
    private partial void LogAlone(string limit, string exception);
}
