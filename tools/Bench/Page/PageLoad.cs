using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>What a server showed under load; processor time in microseconds per request.</summary>
internal sealed record PageFigures(LoadFigures Load, double Server, double Database);

/// <summary>Warms a server up, measures it, and compares two.</summary>
internal sealed class PageLoad(Scratch scratch, TimeSpan duration)
{
    public const int Connections = 32;

    // A runtime goes on improving its code for a while: a server is warm when it was no faster twice in a row.
    private const double Faster = 1.03;
    private const int LongestWarmUp = 12;

    public async Task<PageFigures> MeasureAsync(
        string name, int process, int port, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        await WarmUpAsync(port, requests, ct);
        var (server, database) = (ProcessFigures.ProcessorTime(process), scratch.ServerTime);
        var load = await LoadGenerator.RunAsync(port, requests, Connections, duration, ct);
        var figures = new PageFigures(
            load,
            (ProcessFigures.ProcessorTime(process) - server).TotalMicroseconds / load.Requests,
            (scratch.ServerTime - database).TotalMicroseconds / load.Requests);
        Console.WriteLine($"  {name,-22} {load.PerSecond,7:0} req/s   p50 {load.P50:0.0} ms   p99 {load.P99:0.0} ms   "
            + $"{figures.Server:0} µs of server and {figures.Database:0} µs of PostgreSQL per request   "
            + $"{load.Failures} failed");
        return figures;
    }

    private async Task WarmUpAsync(int port, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        var (best, noFaster) = (0.0, 0);
        for (var round = 0; noFaster < 2 && round < LongestWarmUp; round++)
        {
            var speed = (await LoadGenerator.RunAsync(port, requests, Connections, duration, ct)).PerSecond;
            noFaster = speed > best * Faster ? 0 : noFaster + 1;
            best = Math.Max(best, speed);
        }
    }

    public static void Compare(PageFigures ours, PageFigures theirs, string name, string goal) => Console.WriteLine(
        $"  GraphQL / {name}: {ours.Load.PerSecond / theirs.Load.PerSecond:0.00} by requests, "
        + $"{(theirs.Server + theirs.Database) / (ours.Server + ours.Database):0.00} by processor time, "
        + $"p99 {ours.Load.P99 / theirs.Load.P99:0.0} x (goal: {goal})");
}
