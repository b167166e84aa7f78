using System.Text.Json;

namespace K12Hub.App.Tests;

/// <summary>Packages that are laid down in a folder are imported once, the newest one, and an old one is not taken for
/// a new one.</summary>
public sealed class FolderImportTests : IDisposable
{
    private const string Runs = "{ syncRuns(order: [{ startedAt: ASC }]) { nodes { source status origin } } }";

    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task The_newest_package_of_a_folder_is_imported_once()
    {
        var drop = Directory.CreateDirectory(folders.New("drop")).FullName;
        await LayDownAsync(drop, "monday.zip", day: 0, age: TimeSpan.FromHours(2));
        using var hub = await ServeAsync(drop);
        await UntilAsync(hub, Runs, "syncRuns", runs => runs.GetArrayLength() == 1);

        await LayDownAsync(drop, "tuesday.zip", day: 40, age: TimeSpan.FromHours(1));
        await UntilAsync(hub, Runs, "syncRuns", runs => runs.GetArrayLength() == 2);
        await LayDownAsync(drop, "copy of monday.zip", day: 0, age: TimeSpan.FromMinutes(5));
        await LayDownAsync(drop, "half.zip", day: 41, age: TimeSpan.Zero);
        var started = DateTime.UtcNow;
        const string Jobs = "{ jobs { nodes { name lastStartedAt lastError } } }";
        await UntilAsync(hub, Jobs, "jobs", jobs => jobs.EnumerateArray()
            .Any(job => $"{job.GetProperty("name")}" == "roster.import:hr"
                && $"{job.GetProperty("lastError")}" == "roster.file_growing"
                && job.GetProperty("lastStartedAt").GetDateTime() > started));

        var told = (await hub.AskAsync(Runs)).GetProperty("data").GetProperty("syncRuns").GetProperty("nodes");
        Assert.Equal(
            ["hr applied monday.zip", "hr applied tuesday.zip"],
            told.EnumerateArray().Select(run => $"{run.GetProperty("source")} {run.GetProperty("status")} "
                + Path.GetFileName($"{run.GetProperty("origin")}")));
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_package_that_cannot_be_read_is_told_once_and_not_read_again()
    {
        var drop = Directory.CreateDirectory(folders.New("drop")).FullName;
        var broken = Path.Combine(drop, "broken.zip");
        await File.WriteAllTextAsync(broken, "no zip", HubProcess.Ct);
        File.SetLastWriteTimeUtc(broken, DateTime.UtcNow - TimeSpan.FromHours(1));
        using var hub = await ServeAsync(drop);
        await UntilAsync(hub, Runs, "syncRuns", runs => runs.GetArrayLength() == 1);
        var told = DateTime.UtcNow;
        await UntilAsync(hub, "{ jobs { nodes { name lastStartedAt lastOutcome } } }", "jobs", jobs =>
            jobs.EnumerateArray().Any(job => $"{job.GetProperty("name")}" == "roster.import:hr"
                && $"{job.GetProperty("lastOutcome")}" == "done"
                && job.GetProperty("lastStartedAt").GetDateTime() > told + TimeSpan.FromSeconds(2)));

        var runs = (await hub.AskAsync(Runs)).GetProperty("data").GetProperty("syncRuns").GetProperty("nodes");
        Assert.Equal("rejected", $"{Assert.Single(runs.EnumerateArray()).GetProperty("status")}");
        var dead = await hub.AskAsync("{ outboxMessages(state: DEAD) { totalCount } }");
        Assert.Equal("""{"data":{"outboxMessages":{"totalCount":1}}}""", $"{dead}");
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_package_older_than_what_is_known_is_refused_unless_it_is_meant()
    {
        var (monday, tuesday) = (await folders.PackageAsync(100), await folders.PackageAsync(100, day: 40));
        Assert.Equal("applied", await ImportAsync(monday, ExitCodes.Done));
        Assert.Equal("applied", await ImportAsync(tuesday, ExitCodes.Done));
        Assert.Equal("unchanged", await ImportAsync(tuesday, ExitCodes.Done));

        Assert.Equal("refused", await ImportAsync(monday, ExitCodes.Refused));
        Assert.Equal("applied", await ImportAsync(monday, ExitCodes.Done, "--again"));
        Assert.Equal("refused", await ImportAsync(tuesday, ExitCodes.Refused));
    }

    private async Task<string> ImportAsync(string package, int exitCode, params string[] more)
    {
        // A small district is soon held: two of twenty are a tenth.
        using var import = HubProcess.Start(
            ["roster", "import", package, "--json", "--data", folders.Data, .. more],
            ("K12HUB__Roster__Sources__sis__PercentFromEndings", "1000"));
        await import.EndAsync();
        Assert.True(import.ExitCode == exitCode, import.Output + import.Errors);
        using var outcome = JsonDocument.Parse(import.Output);
        return outcome.RootElement.GetProperty("status").GetString()!;
    }

    private async Task LayDownAsync(string drop, string name, int day, TimeSpan age)
    {
        var made = await folders.PackageAsync(100, day);
        File.SetLastWriteTimeUtc(made, DateTime.UtcNow - age);
        File.Move(made, Path.Combine(drop, name));
    }

    private Task<HubProcess> ServeAsync(string drop) => HubProcess.ServeAsync(
        folders.Data,
        ("K12HUB__OneRoster__Folders__hr", drop), ("K12HUB__Roster__Sources__hr__Schedule", "* * * * * ?"),
        HubProcess.DemoOf(0));

    private static Task UntilAsync(HubProcess hub, string query, string list, Func<JsonElement, bool> isSo) =>
        hub.UntilAsync(query, data => isSo(data.GetProperty(list).GetProperty("nodes")));
}
