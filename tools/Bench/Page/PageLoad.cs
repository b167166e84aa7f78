using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>A server that is measured, and what it is asked.</summary>
internal sealed record Rival(string Name, int Process, int Port, IReadOnlyList<byte[]> Requests);

/// <summary>What a server showed under load; processor time in microseconds per request.</summary>
internal sealed record PageFigures(LoadFigures Load, double Server, double Database);

/// <summary>Measures servers in turns of a second, so that a machine that gets slower or faster in between is the same
/// for all of them, and compares the first with the others.</summary>
internal sealed class PageLoad(Scratch scratch, int turns)
{
    public const int Connections = 32;

    // A runtime goes on improving its code for a while: a server is warm when it was no faster three times in a row.
    private const double Faster = 1.03;
    private const int LongestWarmUp = 20;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>The figures of each server, printed.</summary>
    public async Task<IReadOnlyList<PageFigures>> MeasureAsync(IReadOnlyList<Rival> rivals, CancellationToken ct)
    {
        foreach (var rival in rivals) await WarmUpAsync(rival, ct);
        var figures = rivals.Select(_ => new List<PageFigures>(turns)).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            // There and back: who comes after whom changes from turn to turn.
            for (var i = 0; i < rivals.Count; i++)
            {
                var whose = turn % 2 == 0 ? i : rivals.Count - 1 - i;
                figures[whose].Add(await TurnAsync(rivals[whose], ct));
            }
        }

        var sums = figures.Select(Sum).ToList();
        for (var i = 0; i < rivals.Count; i++) Print(rivals[i].Name, sums[i]);
        for (var i = 1; i < rivals.Count; i++) Compare(rivals, figures, sums, i);
        return sums;
    }

    private async Task<PageFigures> TurnAsync(Rival rival, CancellationToken ct)
    {
        var (server, database) = (ProcessFigures.ProcessorTime(rival.Process), scratch.ServerTime);
        var load = await LoadGenerator.RunAsync(rival.Port, rival.Requests, Connections, Turn, ct);
        return new(
            load,
            (ProcessFigures.ProcessorTime(rival.Process) - server).TotalMicroseconds / load.Requests,
            (scratch.ServerTime - database).TotalMicroseconds / load.Requests);
    }

    /// <summary>Asks a server until it gets no faster.</summary>
    public static async Task WarmUpAsync(Rival rival, CancellationToken ct)
    {
        var (best, noFaster) = (0.0, 0);
        for (var round = 0; noFaster < 3 && round < LongestWarmUp; round++)
        {
            var speed = (await LoadGenerator.RunAsync(rival.Port, rival.Requests, Connections, 2 * Turn, ct)).PerSecond;
            noFaster = speed > best * Faster ? 0 : noFaster + 1;
            best = Math.Max(best, speed);
        }
    }

    /// <summary>All turns of one server: what was counted is added, latencies are the median turn's.</summary>
    private static PageFigures Sum(IReadOnlyList<PageFigures> turns)
    {
        var requests = turns.Sum(turn => turn.Load.Requests);
        var load = new LoadFigures(
            requests, turns.Sum(turn => turn.Load.Failures), turns.Average(turn => turn.Load.PerSecond),
            Median(turns.Select(turn => turn.Load.P50)), Median(turns.Select(turn => turn.Load.P95)),
            Median(turns.Select(turn => turn.Load.P99)));
        return new(
            load,
            turns.Sum(turn => turn.Server * turn.Load.Requests) / requests,
            turns.Sum(turn => turn.Database * turn.Load.Requests) / requests);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Print(string name, PageFigures figures) => Console.WriteLine(
        $"  {name,-22} {figures.Load.PerSecond,7:0} req/s   p50 {figures.Load.P50:0.0} ms   "
        + $"p99 {figures.Load.P99:0.0} ms   {figures.Server:0} µs of server and {figures.Database:0} µs of PostgreSQL "
        + $"per request   {figures.Load.Failures} failed");

    private static void Compare(
        IReadOnlyList<Rival> rivals, List<PageFigures>[] turns, List<PageFigures> sums, int other)
    {
        var (ours, theirs) = (sums[0], sums[other]);
        var ratios = turns[0].Zip(turns[other], (our, their) => our.Load.PerSecond / their.Load.PerSecond)
            .Order().ToList();
        Console.WriteLine(
            $"  {rivals[0].Name} / {rivals[other].Name}: "
            + $"{ours.Load.PerSecond / theirs.Load.PerSecond:0.00} by requests "
            + $"({ratios[0]:0.00} to {ratios[^1]:0.00} by turn), "
            + $"{(theirs.Server + theirs.Database) / (ours.Server + ours.Database):0.00} by processor time, "
            + $"p99 {ours.Load.P99 / theirs.Load.P99:0.0} x");
    }
}
