using System.Globalization;
using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>What a server takes that nobody asks anything: the program with its daemon, dispatcher and jobs, and its
/// private PostgreSQL.</summary>
internal static class IdleBench
{
    // Start-up work, compiling in the background and the first autovacuum are not idling.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var folder = scratch.FileAt("idle");
        var settings = new Dictionary<string, string> { ["K12HUB__Demo__Students"] = "2000" };
        await using var server = await HubServer.StartAsync(folder, settings, ct);
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(folder, "postgres", "data", "postmaster.pid")).First(),
            CultureInfo.InvariantCulture);
        await Task.Delay(Settling, ct);

        var (program, database) = (
            ProcessFigures.ProcessorTime(server.ProcessId), ProcessFigures.FamilyTime(postmaster));
        await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
        program = ProcessFigures.ProcessorTime(server.ProcessId) - program;
        database = ProcessFigures.FamilyTime(postmaster) - database;

        Console.WriteLine(
            $"idle for {seconds} s (load of the machine {ProcessFigures.Load}): processor time of the program "
            + $"{program.TotalSeconds:0.00} s, of PostgreSQL {database.TotalSeconds:0.00} s, together "
            + $"{(program + database).TotalSeconds / seconds:0.0 %} of a core; "
            + $"{ProcessFigures.Memory(server.ProcessId):0} MB resident");
    }
}
