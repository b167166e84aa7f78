using System.Diagnostics;

namespace K12Hub.Bench.Measuring;

/// <summary>What a finished program left: what it printed, how long it took, its processor time, and its peak of
/// resident memory in MB.</summary>
internal sealed record ProgramRun(string Output, TimeSpan Elapsed, TimeSpan Processor, double PeakMemory);

/// <summary>K12Hub, or this bench, as a process of its own. Disposing ends it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    /// <summary>Names the program to measure, a published one for instance, which is compiled beforehand; without it,
    /// the one that was built beside this bench.</summary>
    public const string AppSetting = "K12HUB_BENCH_APP";

    private readonly Process process;

    private AppProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>When it was started.</summary>
    public long Started { get; private init; }

    /// <summary>Runs K12Hub to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task<ProgramRun> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        await using var app = Start(AppPath, arguments, settings);
        var output = app.process.StandardOutput.ReadToEndAsync(ct);
        var (peak, processor) = (0.0, TimeSpan.Zero);
        while (!app.process.HasExited)
        {
            peak = Math.Max(peak, ProcessFigures.PeakMemory(app.Id));
            if (ProcessFigures.ProcessorTime(app.Id) is { Ticks: > 0 } used) processor = used;
            await Task.Delay(20, ct);
        }

        var elapsed = Stopwatch.GetElapsedTime(app.Started);
        return app.process.ExitCode == 0
            ? new(await output, elapsed, processor, peak)
            : throw new InvalidOperationException($"K12Hub ended with {app.process.ExitCode}: {await output}");
    }

    /// <summary>Starts K12Hub and leaves it running.</summary>
    public static AppProcess StartApp(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings) =>
        Start(AppPath, arguments, settings);

    /// <summary>Starts this program once more, for a part that must be measured apart.</summary>
    public static AppProcess StartSelf(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings) =>
        Start(Environment.ProcessPath!, arguments, settings);

    /// <summary>Starts Node.</summary>
    public static AppProcess StartNode(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings) =>
        Start("node", arguments, settings);

    /// <summary>The first line of output that starts with a text.</summary>
    /// <exception cref="InvalidOperationException">The program ended without one.</exception>
    public async Task<string> LineAsync(string start, CancellationToken ct)
    {
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (!line.StartsWith(start, StringComparison.Ordinal)) continue;
            // Nobody listens any more, but a full pipe would stop the program.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ct);
            return line;
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} ended before it said \"{start}\".");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static AppProcess Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        return new(Process.Start(start)!) { Started = started };
    }

    private static string AppPath
    {
        get
        {
            if (Environment.GetEnvironmentVariable(AppSetting) is { Length: > 0 } published) return published;

            var here = new DirectoryInfo(AppContext.BaseDirectory);
            // Built beside us, in the same configuration: …/tools/Bench/bin/Release/net10.0 →
            // …/host/App/bin/Release/net10.0.
            var root = here.Parent!.Parent!.Parent!.Parent!.Parent!;
            return Path.Combine(root.FullName, "host", "App", "bin", here.Parent.Name, here.Name, "K12Hub.App");
        }
    }
}
