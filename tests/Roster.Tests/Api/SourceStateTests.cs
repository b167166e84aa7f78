namespace K12Hub.Roster.Tests;

/// <summary>How old what is known of a source is.</summary>
public sealed class SourceStateTests : IAsyncLifetime
{
    private const string Ask = "{ rosterSources { name isStale lastRun { status } heldRun { status } } }";

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_source_that_was_read_today_is_fresh_and_one_of_last_week_is_stale()
    {
        Assert.Equal(
            """{"name":"sis","isStale":false,"lastRun":{"status":"applied"},"heldRun":null}""",
            (await hub.AskAsync(Ask))["{\"data\":{\"rosterSources\":[".Length..^"]}}".Length]);

        await hub.District.OneAsync(
            "update roster.sync_runs_v1 set started_at = started_at - interval '37 hours'; select ''");

        Assert.Contains("\"isStale\":true", await hub.AskAsync(Ask), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_rejected_or_waits_makes_nothing_fresher()
    {
        var before = await AsOfAsync();
        await hub.District.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));
        await hub.District.OneAsync(
            "update roster.sync_runs_v1 set status = 'held' where started_at = (select max(started_at) from "
            + "roster.sync_runs_v1); select ''");

        Assert.Equal(before, await AsOfAsync());
        Assert.Contains("\"heldRun\":{\"status\":\"held\"}", await hub.AskAsync(Ask), StringComparison.Ordinal);
    }

    private Task<string> AsOfAsync() => hub.AskAsync("{ rosterSources { asOf } }");
}
