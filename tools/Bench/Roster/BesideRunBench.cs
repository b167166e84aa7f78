using K12Hub.Bench.Measuring;
using K12Hub.Bench.Page;
using K12Hub.District;

namespace K12Hub.Bench.Roster;

/// <summary>How long somebody waits for a page of students while the server imports a roster, against a server that has
/// nothing else to do.</summary>
internal static class BesideRunBench
{
    private const string Source = "sis";

    // So many people look at a page at once, and so many pages a second a district of this size may ask for.
    private const int Connections = 8;
    private const int PerSecond = 40;
    private const int LaterDay = 2;

    private const string Import =
        $$"""mutation { importSource(input: { name: "{{Source}}" }) { errors { __typename } } }""";

    private const string LastRun =
        "{ syncRuns(first: 1, order: [{ startedAt: DESC }]) { nodes { status durationMs } totalCount } }";

    public static async Task RunAsync(int students, int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var database = await scratch.DatabaseAsync("beside", ct);
        await PageBench.ImportAsync(scratch, database, students, ct);
        await using var server = await HubServer.StartAsync(scratch.FileAt("app"), Settings(scratch, database), ct);
        var pages = await PageBench.HubAsync(server, PageBench.Nested, ct);
        await PageLoad.WarmUpAsync(pages, ct);

        var idle = await AskAsync(pages, Task.Delay(TimeSpan.FromSeconds(seconds), ct), ct);
        await LayDownAsync(scratch, students, ct);
        var run = ImportAsync(server, ct);
        var beside = await AskAsync(pages, run, ct);

        Console.WriteLine($"{PerSecond} pages a second of {students:N0} students, with school and guardians "
            + $"(load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  nothing else to do        {Text(idle)}");
        Console.WriteLine($"  while a roster is read    {Text(beside)}   {await run}");
        Console.WriteLine($"  p95 {beside.P95 / idle.P95:0.00} x (goal: 1.5), p99 {beside.P99 / idle.P99:0.00} x");
    }

    private static DirectoryInfo Drop(Scratch scratch) => Directory.CreateDirectory(scratch.FileAt("drop"));

    private static async Task LayDownAsync(Scratch scratch, int students, CancellationToken ct)
    {
        var zip = Path.Combine(Drop(scratch).FullName, "later.zip");
        await OneRosterCsvWriter.WriteZipAsync(new(students) { Day = LaterDay }, "1.2", zip, ct);
        File.SetLastWriteTimeUtc(zip, DateTime.UtcNow - TimeSpan.FromHours(1)); // It no longer grows.
    }

    private static Dictionary<string, string> Settings(Scratch scratch, string database) =>
        new(scratch.AppOn(database))
        {
            [$"K12HUB__OneRoster__Folders__{Source}"] = Drop(scratch).FullName,
            [$"K12HUB__Roster__Sources__{Source}__Schedule"] = "",
            // Nobody is there to look at a run that is held.
            [$"K12HUB__Roster__Sources__{Source}__HoldAboveSchoolEndings"] = "100000",
            [$"K12HUB__Roster__Sources__{Source}__HoldAboveSchoolPercent"] = "100",
        };

    private static Task<LoadFigures> AskAsync(Rival pages, Task over, CancellationToken ct) =>
        LoadGenerator.PacedAsync(pages.Port, pages.Requests, Connections, PerSecond, over, ct);

    /// <summary>Has the server import what was laid down, as its schedule would by night, and waits for it.</summary>
    private static async Task<string> ImportAsync(HubServer server, CancellationToken ct)
    {
        await server.AskAsync(Import, new { }, ct);
        while (true)
        {
            await Task.Delay(100, ct);
            var runs = (await server.AskAsync(LastRun, new { }, ct)).GetProperty("syncRuns");
            if (runs.GetProperty("totalCount").GetInt32() < 2) continue;
            var last = runs.GetProperty("nodes")[0];
            return $"run {last.GetProperty("status")} after {last.GetProperty("durationMs").GetInt32() / 1000.0:0.0} s";
        }
    }

    private static string Text(LoadFigures load) =>
        $"{load.PerSecond:0} req/s   p50 {load.P50:0.0} ms   p95 {load.P95:0.0} ms   p99 {load.P99:0.0} ms   "
        + $"{load.Failures} failed";
}
