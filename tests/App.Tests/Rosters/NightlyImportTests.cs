using K12Hub.District;
using K12Hub.District.Serving;
using K12Hub.Testing;

namespace K12Hub.App.Tests;

/// <summary>Systems of the settings are imported by themselves, by one node at a time, whichever is alive.</summary>
public sealed class NightlyImportTests : IDisposable
{
    private const string EverySecond = "* * * * * ?";
    private const string Never = "0 0 0 1 1 ? 2099";
    private const string Runs = "{ syncRuns(order: [{ startedAt: ASC }]) { nodes { source status } } }";

    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_system_is_imported_when_it_is_due_and_then_asked_for_changes_only()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(100)), HubProcess.Ct);
        using var hub = await ServeAsync(server, EverySecond, full: DateTime.UtcNow.DayOfWeek + 3);

        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"unchanged\"", StringComparison.Ordinal));

        var told = await hub.AskAsync(Runs);
        Assert.StartsWith("""{"data":{"syncRuns":{"nodes":[{"source":"sis","status":"applied"}""", $"{told}",
            StringComparison.Ordinal);
        Assert.Contains(
            server.Requests, request => request.Target.Contains("filter=dateLastModified", StringComparison.Ordinal));

        // Of one a second some come while another is at it, and are told to wait.
        await hub.UntilAsync("{ jobs { nodes { name lastOutcome } } }", jobs => $"{jobs}".Contains(
            """{"name":"roster.import:sis","lastOutcome":"done"}""", StringComparison.Ordinal));
        await hub.StopAsync();
    }

    [Fact]
    public async Task On_the_day_of_the_week_that_the_settings_name_all_is_asked_for()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(100)), HubProcess.Ct);
        using var hub = await ServeAsync(server, EverySecond, full: DateTime.UtcNow.DayOfWeek);

        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"unchanged\"", StringComparison.Ordinal));

        Assert.DoesNotContain(server.Requests, request => request.Target.Contains("filter="));
        await hub.StopAsync();
    }

    [Fact]
    public async Task What_a_node_began_that_was_killed_another_brings_to_its_end()
    {
        var faults = District.Serving.Faults.Parse("429:2");
        await using var server = await RestServer.StartAsync(
            new(new DistrictPlan(100)) { Faults = faults }, HubProcess.Ct);
        await using var database = await TestDatabase.CreateAsync();
        using var first = await ServeAsync(server, EverySecond, DateTime.UtcNow.DayOfWeek, database);
        await HubProcess.UntilAsync(() => Task.FromResult(server.Requests.Count > 2));
        using var second = await ServeAsync(server, Never, DateTime.UtcNow.DayOfWeek, database);

        first.Kill();

        await second.UntilAsync(Runs, runs => $"{runs}".Contains("\"applied\"", StringComparison.Ordinal));
        var told = await second.AskAsync("{ students { totalCount } }");
        Assert.Equal("""{"data":{"students":{"totalCount":100}}}""", $"{told}");
        await second.StopAsync();
    }

    [Theory]
    [InlineData("Schedule", "every night", "sis: ")]
    [InlineData("FullOn", "someday", "FullOn")]
    [InlineData("StaleAfterHours", "0", "StaleAfterHours")]
    public async Task A_setting_that_cannot_be_read_stops_the_start_and_is_named(
        string name, string value, string sentence)
    {
        using var hub = HubProcess.Start(
            ["serve", "--data", folders.Data],
            ("K12HUB__OneRoster__Sources__sis__BaseUrl", "https://sis.example/ims/oneroster/v1p1"),
            ("K12HUB__OneRoster__Sources__sis__ClientId", "k12hub"),
            ("K12HUB__OneRoster__Sources__sis__ClientSecret", "secret"),
            ($"K12HUB__Roster__Sources__sis__{name}", value));
        await hub.EndAsync();

        Assert.Equal(ExitCodes.BadInput, hub.ExitCode);
        Assert.Contains(sentence, hub.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", hub.Errors, StringComparison.Ordinal);
    }

    private async Task<HubProcess> ServeAsync(
        RestServer server, string schedule, DayOfWeek full, TestDatabase? database = null)
    {
        const string Rest = "K12HUB__OneRoster__Sources__sis__";
        const string Roster = "K12HUB__Roster__Sources__sis__";
        List<(string, string)> settings =
        [
            (Rest + "BaseUrl", server.Base12), (Rest + "TokenUrl", server.TokenUrl),
            (Rest + "ClientId", RestServer.Id), (Rest + "ClientSecret", RestServer.Secret),
            (Rest + "AllowLoopback", "true"),
            (Roster + "Schedule", schedule), (Roster + "FullOn", $"{(DayOfWeek)((int)full % 7)}"),
            ("K12HUB__Jobs__TimeZone", "Etc/UTC"), ("K12HUB__Outbox__LeaseSeconds", "3"),
            HubProcess.DemoOf(0),
        ];
        if (database is not null) {
            settings.Add(("K12HUB__Database__ConnectionString", database.ApplicationConnectionString));
            settings.Add(("K12HUB__Database__OwnerConnectionString", database.ConnectionString));
        }

        return await HubProcess.ServeAsync(folders.Data, [.. settings]);
    }
}
