using System.Text.Json;

namespace K12Hub.Roster.Tests;

/// <summary>A page that follows imports: over HTTP, from the real store.</summary>
public sealed class LiveRunsTests : IAsyncLifetime
{
    private ServedRoster served = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => served = await ServedRoster.StartAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Who_listens_sees_the_run_of_an_import_when_it_has_ended()
    {
        using var listener = await ListeningAsync();

        await served.District.ImportAsync(Package.Version12());
        await served.District.ImportAsync(Package.Version12());

        var (first, second) = (await RunAsync(listener), await RunAsync(listener));
        Assert.Equal("applied", first.GetProperty("status").GetString());
        Assert.Equal("unchanged", second.GetProperty("status").GetString());
        var added = first.GetProperty("counts").EnumerateArray()
            .Single(count => $"{count.GetProperty("collection")}" == "users").GetProperty("added");
        Assert.Equal(await served.District.OneAsync("select count(*) from roster.people_v1"), $"{added}");
    }

    [Fact]
    public async Task Nobody_misses_a_run_or_sees_one_twice_however_many_are_recorded_at_once()
    {
        const int Writers = 6, Each = 20;
        using var early = await ListeningAsync();
        using var beside = await ListeningAsync();

        var imports = served.District.ImportAsync(Package.Version12());
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
        await imports;

        var stored = await served.Store.PositionsAsync();
        Assert.Equal(1 + (Writers * Each * 4 / 5), stored.Count);
        Assert.Equal(stored, await early.CursorsAsync(stored.Count));
        Assert.Equal(stored, await beside.CursorsAsync(stored.Count));

        // Every fifth is rolled back; some dawdle between drawing a position and committing.
        async Task WriteAsync(int writer)
        {
            for (var i = 0; i < Each; i++)
            {
                var number = i;
                await served.Store.RecordAsync($"writer {writer} {i}", beforeCommit: async () =>
                {
                    if ((number + writer) % 3 == 0) await Task.Delay(number % 7, Ct);
                    return number % 5 != 4;
                });
            }
        }
    }

    [Fact]
    public async Task A_run_that_commits_late_comes_first_where_its_position_is_lower()
    {
        using var listener = await ListeningAsync();
        var drawn = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var dawdling = served.Store.RecordAsync("dawdling", beforeCommit: async () =>
        {
            drawn.SetResult();
            await release.Task;
            return true;
        });
        await drawn.Task;
        await served.Store.RecordAsync("quick");
        release.SetResult();
        await dawdling;

        Assert.Equal("dawdling", (await RunAsync(listener)).GetProperty("source").GetString());
        Assert.Equal("quick", (await RunAsync(listener)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task Who_comes_back_goes_on_after_the_last_run_seen()
    {
        string cursor;
        using (var before = await ListeningAsync())
        {
            await served.Store.RecordAsync("seen");
            cursor = RunListener.Cursor((await before.NextAsync())!.Value);
        }

        await served.Store.RecordAsync("missed");
        using var again = await served.ListenAsync(after: cursor);
        Assert.Equal("missed", (await RunAsync(again)).GetProperty("source").GetString());

        await served.Store.RecordAsync("new");
        Assert.Equal("new", (await RunAsync(again)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task Who_missed_too_much_is_told_to_start_anew()
    {
        await served.Store.RecordManyAsync(1_001);

        using var back = await served.ListenAsync(after: "0");

        Assert.Contains("CURSOR_TOO_OLD", (await back.NextAsync()).ToString(), StringComparison.Ordinal);
        Assert.Null(await back.NextAsync());
    }

    [Theory]
    [InlineData("yesterday", "roster.runs.read", "CURSOR_INVALID")]
    [InlineData("-1", "roster.runs.read", "CURSOR_INVALID")]
    [InlineData(null, "roster.read", "AUTH_NOT_AUTHORIZED")]
    public async Task What_cannot_be_followed_is_an_error(string? after, string may, string code)
    {
        using var listener = await served.ListenAsync(after, may);

        Assert.Contains(code, (await listener.NextAsync()).ToString(), StringComparison.Ordinal);
        Assert.Null(await listener.NextAsync());
        Assert.Equal(0, served.Live.ActiveReaders);
    }

    [Fact]
    public async Task While_nobody_listens_nothing_is_read_and_no_connection_held()
    {
        Assert.Equal(0, served.Live.ActiveReaders);
        using (await ListeningAsync())
        {
            using var second = await ListeningAsync();
            await EventuallyAsync(async () => await ListeningConnectionsAsync() == "1");
            Assert.Equal(1, served.Live.ActiveReaders);
        }

        await EventuallyAsync(() => Task.FromResult(served.Live.ActiveReaders == 0));
        await EventuallyAsync(async () => await ListeningConnectionsAsync() == "0");
    }

    /// <summary>Somebody who listens already: a run recorded now will be heard.</summary>
    private async Task<RunListener> ListeningAsync()
    {
        var before = served.Live.Subscribers;
        var listener = await served.ListenAsync();
        await EventuallyAsync(() => Task.FromResult(served.Live.Subscribers > before));
        return listener;
    }

    private static async Task<JsonElement> RunAsync(RunListener listener) =>
        (await listener.NextAsync())!.Value.GetProperty("data").GetProperty("syncRunFinished").GetProperty("run");

    private Task<string> ListeningConnectionsAsync() => served.District.OneAsync(
        "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen %'");

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}
