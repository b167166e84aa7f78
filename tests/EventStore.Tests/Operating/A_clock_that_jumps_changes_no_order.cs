using K12Hub.EventStore.Tests.Projections;

namespace K12Hub.EventStore.Tests;

/// <summary>The moment of an event is information: order is that of versions and positions.</summary>
public sealed class A_clock_that_jumps_changes_no_order
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Streams_feed_and_projections_go_on_though_the_servers_clock_is_put_back()
    {
        await using var test = await Projecting.CreateAsync();
        test.Store.Daemon.StartAll();
        await test.WriteAsync(Bus, "one");
        var then = (await ReadAsync(test))[^1].RecordedAt;
        await JumpAsync(test, "1 day");
        await test.WriteAsync(Bus, "two");
        await test.ProjectedAsync();
        await JumpAsync(test, "-1 day");
        await test.WriteAsync(Bus, "three");
        await test.ProjectedAsync();

        var events = await ReadAsync(test);
        Assert.Equal([1, 2, 3], events.Select(e => e.Version));
        Assert.True(events[2].RecordedAt < events[0].RecordedAt && events[0].RecordedAt < events[1].RecordedAt);
        var feed = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10, null, Ct);
        Assert.Equal([1, 2, 3], feed.Events.Select(e => e.Version));
        Assert.Equal("1\n1\n1", await test.RowsAsync(
            "select times from notes.words where word in ('one', 'two', 'three')"));

        // As of a moment a stream is what it was then, and never without something in the middle.
        await using var session = test.Session();
        Assert.Equal([1], (await session.Events.FetchStreamAsync(Bus, timestamp: then, ct: Ct)).Select(e => e.Version));
    }

    /// <summary>Has the server believe that it is earlier or later.</summary>
    private static Task JumpAsync(TestStore test, string by) => test.ExecuteAsync(
        $"alter table es.events alter recorded_at set default clock_timestamp() + interval '{by}'");

    private static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(TestStore test)
    {
        await using var session = test.Session();
        return await session.Events.FetchStreamAsync(Bus, ct: Ct);
    }
}
