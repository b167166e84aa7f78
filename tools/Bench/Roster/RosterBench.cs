using K12Hub.Bench.Measuring;
using K12Hub.District;
using Npgsql;

namespace K12Hub.Bench.Roster;

/// <summary>How long K12Hub takes for a roster, against a plain COPY of the same rows in the same run, and how much
/// memory it takes for a small and for a large one.</summary>
internal static class RosterBench
{
    public static async Task RunAsync(int rows, int smallRows, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var small = await ImportTwiceAsync(scratch, "small", smallRows, ct);
        var (count, copy, diff) = await PlainAsync(scratch, rows, ct);
        var large = await ImportTwiceAsync(scratch, "large", rows, ct);

        Console.WriteLine($"roster of {count:N0} rows (load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  plain COPY into one keyed table   {copy.TotalSeconds,7:0.00} s");
        Console.WriteLine($"  COPY to temp and full-join diff   {diff.TotalSeconds,7:0.00} s");
        Print("first import ", large.First, copy, "COPY");
        Print("second import", large.Second, diff, "COPY and diff");
        Console.WriteLine(
            $"  peak memory {smallRows:N0} rows: {small.First.PeakMemory:0} / {small.Second.PeakMemory:0} MB, "
            + $"{rows:N0} rows: {large.First.PeakMemory:0} / {large.Second.PeakMemory:0} MB");
    }

    private static void Print(string what, ProgramRun run, TimeSpan floor, string against) => Console.WriteLine(
        $"  {what} (whole process)     {run.Elapsed.TotalSeconds,7:0.00} s   {run.Elapsed / floor:0.00} x {against}"
        + $"   {run.PeakMemory:0} MB");

    private static async Task<(int Rows, TimeSpan Copy, TimeSpan Diff)> PlainAsync(
        Scratch scratch, int rows, CancellationToken ct)
    {
        var plain = PlainRow.Of(GeneratedDistrict.From(DistrictPlan.ForRows(rows, "1.2"))).ToArray();
        await using var connection = new NpgsqlConnection(await scratch.DatabaseAsync("plain", ct));
        await connection.OpenAsync(ct);
        var copy = await PlainCopy.FirstLoadAsync(connection, plain, ct);
        return (plain.Length, copy, await PlainCopy.NoChangeAsync(connection, plain, ct));
    }

    private static async Task<(ProgramRun First, ProgramRun Second)> ImportTwiceAsync(
        Scratch scratch, string name, int rows, CancellationToken ct)
    {
        var zip = scratch.FileAt(name + ".zip");
        await OneRosterCsvWriter.WriteZipAsync(DistrictPlan.ForRows(rows, "1.2"), "1.2", zip, ct);
        var settings = scratch.AppOn(await scratch.DatabaseAsync(name, ct));
        return (await ImportAsync(zip, settings, ct), await ImportAsync(zip, settings, ct));
    }

    private static Task<ProgramRun> ImportAsync(
        string zip, IReadOnlyDictionary<string, string> settings, CancellationToken ct) =>
        AppProcess.RunAsync(["roster", "import", zip, "--json"], settings, ct);
}
