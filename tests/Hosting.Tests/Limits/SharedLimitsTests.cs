using System.Net;
using K12Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting.Tests;

/// <summary>A limit is one for all nodes together; each node here has leases of its own.</summary>
public sealed class SharedLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private ClubHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync(time: time);
        await hub.Store.ApplySchemaAsync(Ct);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Two_nodes_that_are_asked_at_once_let_through_together_what_the_limit_says(int most)
    {
        var (limit, nodes) = (Limit.PerMinute("test", most), Nodes());
        var asked = await Task.WhenAll(Enumerable.Range(0, 3 * most).Select(i =>
            nodes[i % 2].TakeAsync(1, limit, "sam", Ct).AsTask()));

        Assert.Equal(most, asked.Count(wait => wait is null));
        Assert.All(asked.OfType<TimeSpan>(), wait => Assert.Equal(minute, wait));
        Assert.Null(await nodes[0].TakeAsync(1, limit, "ana", Ct));
        Assert.Null(await nodes[0].TakeAsync(1, limit with { Name = "other" }, "sam", Ct));
        Assert.Null(await nodes[0].TakeAsync(2, limit, "sam", Ct));

        time.Advance(minute);
        Assert.Null(await nodes[1].TakeAsync(1, limit, "sam", Ct));
    }

    [Fact]
    public async Task Most_of_what_is_asked_costs_no_round_trip()
    {
        var (limit, node) = (Limit.PerMinute("test", 1_000), Nodes()[0]);
        for (var i = 0; i < 1_000; i++) Assert.Null(await node.TakeAsync(1, limit, "sam", Ct));

        Assert.Equal("20", await hub.TextAsync("select taken / (taken - before) from policy.limit_windows_v1"));
        Assert.Equal(minute, await node.TakeAsync(1, limit, "sam", Ct));
    }

    [Fact]
    public async Task While_the_database_cannot_be_asked_each_node_lets_its_part_through_and_no_more()
    {
        var (limit, nodes) = (Limit.PerMinute("test", 100), Nodes());
        await nodes[0].TakeAsync(1, limit, "sam", Ct);
        await hub.TextAsync("alter table policy.limit_windows_v1 rename to gone");

        Assert.Equal(49, await CountAsync(nodes[0], limit));
        Assert.Equal(50, await CountAsync(nodes[1], limit));

        await hub.TextAsync("alter table policy.gone rename to limit_windows_v1");
        Assert.Equal(0, await CountAsync(nodes[1], limit));
        time.Advance(minute);
        Assert.Equal(100, await CountAsync(nodes[0], limit) + await CountAsync(nodes[1], limit));
    }

    [Fact]
    public async Task Whom_it_was_counted_for_is_kept_as_a_hash_and_for_some_hours()
    {
        var limit = Limit.PerMinute("test", 100);
        await Nodes()[0].TakeAsync(1, limit, "192.0.2.1", Ct);
        Assert.Equal("0", await hub.TextAsync(
            "select count(*) from policy.limit_windows_v1 where who like '%192%' or length(who) <> 32"));

        time.Advance(TimeSpan.FromHours(3));
        await Nodes()[0].TakeAsync(1, limit, "192.0.2.2", Ct);
        await Nodes()[0].TakeAsync(1, limit, "192.0.2.2", Ct);
        Assert.Equal("1", await hub.TextAsync("select count(*) from policy.limit_windows_v1"));
    }

    [Fact]
    public async Task No_limit_is_none()
    {
        var node = Nodes()[0];
        for (var i = 0; i < 100; i++) Assert.Null(await node.TakeAsync(1, Limit.PerMinute("test", 0), "sam", Ct));
        Assert.Equal("0", await hub.TextAsync("select count(*) from policy.limit_windows_v1"));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    [InlineData("2001:db8:1:3::1", "20010DB800010003")]
    public void Of_ipv6_the_network_of_one_customer_counts(string address, string who) =>
        Assert.Equal(who, SharedLimits.Of(IPAddress.Parse(address)));

    private SharedLimits[] Nodes() => [Node(), Node()];

    private SharedLimits Node() => new(hub.Store, new() { Nodes = 2 }, time, NullLogger<SharedLimits>.Instance);

    private static async Task<int> CountAsync(SharedLimits node, Limit limit)
    {
        var through = 0;
        for (var i = 0; i < limit.Most + 10; i++)
        {
            if (await node.TakeAsync(1, limit, "sam", Ct) is null) through++;
        }

        return through;
    }
}
