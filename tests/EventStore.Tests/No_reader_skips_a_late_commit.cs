using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>Writers that commit late, roll back and are killed, and readers that must see every committed event once,
/// in order. The same load is shown to break readers and schemas that are built differently.</summary>
public sealed class No_reader_skips_a_late_commit
{
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("K12HUB_CHAOS_SECONDS") ?? "8", null));

    [Fact]
    public async Task Every_committed_event_is_seen_once_and_in_order()
    {
        await using var test = await TestStore.CreateAsync();
        var chaos = new LateWriters(test);
        var seen = new List<(long Position, Guid Stream, int Version)>();
        var wanted = new List<long>();
        var feed = test.Store.Feed;
        await Task.WhenAll(
            chaos.RunAsync(Load),
            FollowAsync(chaos, 0, async after =>
            {
                var page = await feed.ReadSettledAsync(TestStore.Lincoln, after, 37, null, TestStore.Ct);
                seen.AddRange(page.Events.Select(e => (e.Position, e.StreamId, e.Version)));
                return page.SettledTo;
            }),
            FollowAsync(chaos, 0, async after =>
            {
                var page = await feed.ReadSettledAsync(TestStore.Lincoln, after, 17, ["note.written"], TestStore.Ct);
                wanted.AddRange(page.Events.Select(e => e.Position));
                return page.SettledTo;
            }));

        var committed = await CommittedAsync(test);
        Assert.True(committed.Count > 200, $"only {committed.Count} events: the load is too small to prove anything");
        Assert.Equal(committed, seen.Select(s => s.Position));
        Assert.Equal(committed, wanted);
        Assert.All(
            seen.GroupBy(s => s.Stream),
            s => Assert.Equal(Enumerable.Range(1, s.Count()), s.Select(e => e.Version)));
    }

    [Theory]
    [InlineData("a reader that asks for what comes after its last event", null)]
    [InlineData("a writer that announces itself after drawing its positions",
        "create or replace function es.enter(t smallint) returns void language sql as 'select'")]
    [InlineData("positions handed out ten at a time", "alter sequence es.position_seq cache 10")]
    public async Task The_load_breaks(string design, string? damage)
    {
        await using var test = await TestStore.CreateAsync();
        if (damage is not null)
        {
            await test.ExecuteAsync(damage);
        }

        // The wrong designs fail within a round or two; the right one above stands the whole load.
        var seen = new HashSet<long>();
        var skipped = 0;
        for (var (round, at) = (0, 0L); round < 12 && skipped == 0; round++)
        {
            var chaos = new LateWriters(test);
            var running = chaos.RunAsync(TimeSpan.FromSeconds(1.5));
            at = await FollowAsync(chaos, at, after => damage is null
                ? ReadNaivelyAsync(test, after, seen)
                : ReadSettledAsync(test, after, seen));
            await running;
            skipped = (await CommittedAsync(test)).Count(position => !seen.Contains(position));
        }

        Assert.True(skipped > 0, $"The load did not break {design}: it proves nothing about the right one either.");
    }

    [Fact]
    public async Task A_reader_with_an_old_snapshot_is_refused()
    {
        await using var test = await TestStore.CreateAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => test.ExecuteAsync(
            "begin isolation level repeatable read; select es.read(1::smallint, 0, 10); commit"));
        Assert.Equal("ES400", refused.SqlState);
    }

    [Fact]
    public async Task The_first_event_ever_is_not_skipped()
    {
        await using var test = await TestStore.CreateAsync();
        await using var late = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await late.BeginTransactionAsync(TestStore.Ct);
        await LateWriters.AppendAsync(late, Guid.CreateVersion7(), 1, TestStore.Ct);

        var before = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10, null, TestStore.Ct);
        Assert.Equal((0, 0L), (before.Events.Count, before.SettledTo));
        await transaction.CommitAsync(TestStore.Ct);
        var after = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, before.SettledTo, 10, null, TestStore.Ct);
        Assert.Equal(1, Assert.Single(after.Events).Position);
    }

    [Fact]
    public async Task A_long_writer_of_one_district_does_not_hold_up_another()
    {
        await using var test = await TestStore.CreateAsync();
        await using var late = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await late.BeginTransactionAsync(TestStore.Ct);
        await LateWriters.AppendAsync(late, Guid.CreateVersion7(), 1, TestStore.Ct);
        await test.WriteAsync(Guid.CreateVersion7(), "here", TestStore.Franklin);

        Assert.Single((await test.Store.Feed.ReadSettledAsync(TestStore.Franklin, 0, 10, null, TestStore.Ct)).Events);
    }

    /// <summary>Reads on until the writers are done and nothing is left. Returns where it got to.</summary>
    private static async Task<long> FollowAsync(LateWriters chaos, long at, Func<long, Task<long>> read)
    {
        while (true)
        {
            var quiet = chaos.IsOver;
            var next = await read(at);
            Assert.True(next >= at);
            if (quiet && next == at)
            {
                return at;
            }

            if (next == at)
            {
                await Task.Delay(2, TestStore.Ct);
            }

            at = next;
        }
    }

    private static async Task<long> ReadNaivelyAsync(TestStore test, long after, HashSet<long> seen)
    {
        var found = await PositionsAsync(
            test, $"select position from es.events where tenant_id = 1 and position > {after} order by 1 limit 37");
        seen.UnionWith(found);
        return found.Count > 0 ? found[^1] : after;
    }

    private static async Task<long> ReadSettledAsync(TestStore test, long after, HashSet<long> seen)
    {
        var page = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, after, 37, null, TestStore.Ct);
        seen.UnionWith(page.Events.Select(e => e.Position));
        return page.SettledTo;
    }

    private static Task<List<long>> CommittedAsync(TestStore test) =>
        PositionsAsync(test, "select position from es.events where tenant_id = 1 order by position");

    private static async Task<List<long>> PositionsAsync(TestStore test, string sql)
    {
        await using var command = test.Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(TestStore.Ct);
        var found = new List<long>();
        while (await rows.ReadAsync(TestStore.Ct))
        {
            found.Add(rows.GetInt64(0));
        }

        return found;
    }
}
