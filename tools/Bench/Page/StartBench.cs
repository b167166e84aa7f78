using System.Diagnostics;
using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>From starting the program on existing data to its first answer.</summary>
internal static class StartBench
{
    private const string Question = "{ schools(first: 5) { nodes { name } } }";
    private const int Runs = 5;

    public static async Task RunAsync(CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var named = scratch.AppOn(await scratch.DatabaseAsync("start", ct));
        var cold = new Dictionary<string, string>();
        // The first start makes schema and data.
        await FirstAnswerAsync(scratch.FileAt("named"), named, ct);
        await FirstAnswerAsync(scratch.FileAt("private"), cold, ct);

        Console.WriteLine($"start to first answer, {Runs} starts each (load of the machine {ProcessFigures.Load})");
        await PrintAsync("database server running       ", scratch.FileAt("named"), named, ct);
        await PrintAsync("private PostgreSQL starts too ", scratch.FileAt("private"), cold, ct);
    }

    private static async Task PrintAsync(
        string what, string dataFolder, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++) times.Add((await FirstAnswerAsync(dataFolder, settings, ct)).TotalSeconds);
        times.Sort();
        Console.WriteLine($"  {what} median {times[Runs / 2]:0.00} s   ({times[0]:0.00} to {times[^1]:0.00})");
    }

    private static async Task<TimeSpan> FirstAnswerAsync(
        string dataFolder, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        await using var server = await HubServer.StartAsync(dataFolder, settings, ct);
        await server.AskAsync(Question, new { }, ct);
        return Stopwatch.GetElapsedTime(server.Started);
    }
}
