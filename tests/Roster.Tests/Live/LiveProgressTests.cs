using System.Text.Json;

namespace K12Hub.Roster.Tests;

/// <summary>Whoever watches sees how far a run is while it goes on, wherever it goes on.</summary>
public sealed class LiveProgressTests : IAsyncLifetime
{
    private const string Watch = "subscription { syncRunProgress { source step collection records percentRead } }";

    private ServedRoster served = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => served = await ServedRoster.StartAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_run_is_seen_while_it_goes_on_and_once_more_when_it_has_ended()
    {
        var goOn = new TaskCompletionSource();
        using var watching = await served.SubscribeAsync(Watch);
        var run = served.District.ImportAsync(new EmptySource(() => goOn.Task), Ct);

        var first = await ProgressAsync(watching);
        Assert.Equal(("sis", "reading"), ($"{first.GetProperty("source")}", $"{first.GetProperty("step")}"));
        Assert.Equal("1", await served.District.OneAsync("select count(*) from roster.sync_progress"));

        goOn.SetResult();
        await run;

        var last = first;
        while ($"{last.GetProperty("step")}" != "done") last = await ProgressAsync(watching);
        Assert.Equal("0", await served.District.OneAsync("select count(*) from roster.sync_progress"));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_not_taken_for_one_that_goes_on()
    {
        await using var hub = await RosterHub.WithAsync(Package.Version12());
        const string Leave = """
            insert into roster.sync_progress_v1 (tenant_id, source, step, records, started_at, updated_at)
            values (1, 'old', 'reading', 7, now() - interval '1 hour', now() - interval '2 minutes'),
                   (1, 'new', 'applying', 9, now(), now());
            select ''
            """;
        await hub.District.OneAsync(Leave);

        Assert.Equal(
            """{"data":{"syncProgress":[{"source":"new","step":"applying","records":9}]}}""",
            await hub.AskAsync("{ syncProgress { source step records } }"));
    }

    [Fact]
    public async Task Who_may_not_see_runs_sees_no_progress()
    {
        using var watching = await served.SubscribeAsync(Watch, may: "roster.read");
        Assert.Contains("AUTH_NOT_AUTHORIZED", $"{await watching.NextAsync()}", StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ProgressAsync(RunListener watching) =>
        (await watching.NextAsync())!.Value.GetProperty("data").GetProperty("syncRunProgress");
}
