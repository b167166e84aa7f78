using System.Diagnostics;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using K12Hub.District;
using Npgsql;

namespace K12Hub.Bench.Roster;

/// <summary>How long K12Hub takes for a roster, against a plain COPY of the same rows in the same run, and how much
/// memory it takes for a small and for a large one.</summary>
internal static class RosterBench
{
    private const string Version = "1.2";

    // So many school days later about one row in a hundred differs.
    private const int LaterDay = 2;

    /// <summary>Time on the clock, and processor time of client and server together: on a busy machine only the second
    /// can be compared.</summary>
    private sealed record Cost(TimeSpan Clock, TimeSpan Client, TimeSpan Server, double PeakMemory = 0)
    {
        private TimeSpan Processor => Client + Server;

        public string Against(Cost floor) =>
            $"{this}   {Clock / floor.Clock:0.00} x on the clock, {Processor / floor.Processor:0.00} x of processor";

        public override string ToString() =>
            $"{Clock.TotalSeconds,7:0.00} s (processor {Client.TotalSeconds:0.00} s, "
            + $"PostgreSQL's {Server.TotalSeconds:0.00})";
    }

    public static async Task RunAsync(int rows, int smallRows, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var small = await ImportTwiceAsync(scratch, "small", smallRows, ct);
        await scratch.DropAsync("small", ct);
        var (count, copy, diff) = await PlainAsync(scratch, rows, ct);
        await scratch.DropAsync("plain", ct);
        var large = await ImportTwiceAsync(scratch, "large", rows, ct);
        var (changed, later) = await ImportLaterAsync(scratch, "large", rows, ct);

        Console.WriteLine($"roster of {count:N0} rows (load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  plain COPY into one keyed table  {copy}");
        Console.WriteLine($"  COPY to temp and full-join diff  {diff}");
        Console.WriteLine($"  first import, whole process      {large.First.Against(copy)}");
        Console.WriteLine($"  second import, whole process     {large.Second.Against(diff)}");
        Console.WriteLine(
            $"  import with {changed:N0} rows changed {later}   {later.Clock / large.Second.Clock:0.00} x the second");
        Console.WriteLine(
            $"  peak memory, first and second: {small.First.PeakMemory:0} and {small.Second.PeakMemory:0} MB for "
            + $"{smallRows:N0} rows, {large.First.PeakMemory:0} and {large.Second.PeakMemory:0} MB for {rows:N0}");
    }

    private static async Task<(int Rows, Cost Copy, Cost Diff)> PlainAsync(
        Scratch scratch, int rows, CancellationToken ct)
    {
        var plain = PlainRow.Of(GeneratedDistrict.From(DistrictPlan.ForRows(rows, Version))).ToArray();
        await using var connection = new NpgsqlConnection(await scratch.DatabaseAsync("plain", ct));
        await connection.OpenAsync(ct);
        var copy = await CostAsync(scratch, () => PlainCopy.FirstLoadAsync(connection, plain, ct));
        return (plain.Length, copy, await CostAsync(scratch, () => PlainCopy.NoChangeAsync(connection, plain, ct)));
    }

    private static async Task<(Cost First, Cost Second)> ImportTwiceAsync(
        Scratch scratch, string name, int rows, CancellationToken ct)
    {
        var zip = scratch.FileAt(name + ".zip");
        await OneRosterCsvWriter.WriteZipAsync(DistrictPlan.ForRows(rows, Version), Version, zip, ct);
        var settings = scratch.AppOn(await scratch.DatabaseAsync(name, ct));
        return (await ImportAsync(scratch, zip, settings, ct), await ImportAsync(scratch, zip, settings, ct));
    }

    /// <summary>The same district some days later, into the same database.</summary>
    private static async Task<(int Changed, Cost Cost)> ImportLaterAsync(
        Scratch scratch, string name, int rows, CancellationToken ct)
    {
        var zip = scratch.FileAt(name + "-later.zip");
        var plan = DistrictPlan.ForRows(rows, Version) with { Day = LaterDay };
        await OneRosterCsvWriter.WriteZipAsync(plan, Version, zip, ct);
        var settings = new Dictionary<string, string>(scratch.AppOn(scratch.AddressOf(name)))
        {
            // Nobody is there to look at a run that is held.
            ["K12HUB__Roster__Sources__sis__HoldAboveSchoolEndings"] = "100000",
            ["K12HUB__Roster__Sources__sis__HoldAboveSchoolPercent"] = "100",
        };
        var server = scratch.ServerTime;
        var run = await AppProcess.RunAsync(["roster", "import", zip, "--json"], settings, ct);
        using var outcome = JsonDocument.Parse(run.Output);
        var counts = outcome.RootElement.GetProperty("counts").EnumerateObject().Select(kind => kind.Value);
        var changed = counts.Sum(kind => ((string[])["added", "changed", "ended", "returned"])
            .Sum(change => kind.GetProperty(change).GetInt32()));
        return (changed, new(run.Elapsed, run.Processor, scratch.ServerTime - server, run.PeakMemory));
    }

    private static async Task<Cost> ImportAsync(
        Scratch scratch, string zip, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var server = scratch.ServerTime;
        var run = await AppProcess.RunAsync(["roster", "import", zip, "--json"], settings, ct);
        return new(run.Elapsed, run.Processor, scratch.ServerTime - server, run.PeakMemory);
    }

    private static async Task<Cost> CostAsync(Scratch scratch, Func<Task> work)
    {
        var (server, client, watch) = (scratch.ServerTime, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await work();
        return new(watch.Elapsed, Environment.CpuUsage.TotalTime - client, scratch.ServerTime - server);
    }
}
