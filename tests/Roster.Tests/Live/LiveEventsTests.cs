using K12Hub.EventStore;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Roster.Tests;

/// <summary>What wakes the reader of the log, and whose events it hands to whom.</summary>
public sealed class LiveEventsTests : IAsyncLifetime
{
    private static readonly DistrictId Other = new(2);
    private TestDistrict district = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task A_signal_wakes_a_reader_that_would_never_look_by_itself()
    {
        await using var signalling = Store(signals: true);
        await using var live = Live(new StoppedTime());
        await using var stream = await live.SubscribeAsync<SyncRunFinished>(TestDistrict.Id, null, Ct);
        await using var runs = stream.ReadEventsAsync().GetAsyncEnumerator(Ct);
        var heard = runs.MoveNextAsync().AsTask();

        // The reader begins to listen beside the first subscription; until then signals are not for it.
        for (var i = 0; !heard.IsCompleted; i++)
        {
            await signalling.RecordAsync($"bus {i}");
            await Task.WhenAny(heard, Task.Delay(50, Ct));
        }

        Assert.True(await heard);
        Assert.Equal("bus 0", runs.Current.Data.Source);
    }

    [Fact]
    public async Task A_reader_looks_by_itself_where_nobody_signals()
    {
        await using var silent = Store(signals: false);
        await using var live = Live(TimeProvider.System);
        await using var stream = await live.SubscribeAsync<SyncRunFinished>(TestDistrict.Id, null, Ct);

        await silent.RecordAsync("bus");

        Assert.Equal("bus", (await FirstAsync(stream)).Data.Source);
    }

    [Fact]
    public async Task A_district_hears_nothing_of_another()
    {
        await using var live = Live(TimeProvider.System);
        await using var ours = await live.SubscribeAsync<SyncRunFinished>(TestDistrict.Id, "0", Ct);
        await using var theirs = await live.SubscribeAsync<SyncRunFinished>(Other, "0", Ct);

        await district.Store.RecordAsync("ours");
        await district.Store.RecordAsync("theirs", Other);
        await district.Store.RecordAsync("ours again");

        Assert.Equal("theirs", (await FirstAsync(theirs)).Data.Source);
        Assert.Equal("ours", (await FirstAsync(ours)).Data.Source);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_ends_the_subscriptions_that_wait_for_it()
    {
        await using var live = Live(TimeProvider.System);
        await using var stream = await live.SubscribeAsync<SyncRunFinished>(TestDistrict.Id, null, Ct);
        await using (var broken = district.Store.OwnerDataSource.CreateCommand(
            """
            insert into es.events (tenant_id, stream_id, version, event_id, type, schema, data)
            values (1, gen_random_uuid(), 1, gen_random_uuid(), 'roster.sync_run_finished', 1, '{"counts": 5}')
            """))
        {
            await broken.ExecuteNonQueryAsync(Ct);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => FirstAsync(stream));
        await stream.DisposeAsync();
    }

    private LiveEvents Live(TimeProvider time) => new(district.Store, time, NullLogger<LiveEvents>.Instance);

    private DocumentStore Store(bool signals) => district.Open(options => options.SignalAppends = signals);

    private static async Task<LiveEvent<SyncRunFinished>> FirstAsync(ISourceStream<LiveEvent<SyncRunFinished>> stream)
    {
        await foreach (var one in stream.ReadEventsAsync().WithCancellation(Ct)) return one;
        throw new InvalidOperationException("The stream has ended.");
    }

    /// <summary>Nothing is ever due.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
