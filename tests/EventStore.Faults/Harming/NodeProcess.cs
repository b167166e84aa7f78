using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace K12Hub.EventStore.Faults;

/// <summary>A node as a process of its own.</summary>
internal sealed partial class NodeProcess : IDisposable
{
    /// <summary>Where a node finds its database: a password does not belong on a command line.</summary>
    public const string DatabaseVariable = "K12HUB_FAULTS_DATABASE";

    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly Process process;

    private NodeProcess(Process process, string name) => (this.process, Name) = (process, name);

    public string Name { get; }

    public bool HasEnded => process.HasExited;

    public static NodeProcess Start(string database, string folder, string name, int seed, int writers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            Environment = { [DatabaseVariable] = database },
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "node", folder, name, seed.ToString(CultureInfo.InvariantCulture),
            writers.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } said) Console.Error.WriteLine($"{name}: {said}");
        };
        process.BeginErrorReadLine();
        return new(process, name);
    }

    /// <summary>Ends it between two instructions.</summary>
    public void KillNow() => Send(process.Id, Kill);

    /// <summary>Lets it stand still with whatever it holds, until what is returned is disposed.</summary>
    public IDisposable Freeze()
    {
        Send(process.Id, Stop);
        return new Frozen(process.Id);
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Send(process.Id, Terminate);
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Node {process.Id} did not end when asked; it was killed.");
            KillNow();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Kills one process of the database server by its id.</summary>
    public static void KillBackend(int id) => Send(id, Kill);

    public void Dispose()
    {
        if (!process.HasExited) KillNow();
        process.Dispose();
    }

    // One that has just ended by itself is not there any more, which is as good.
    private static void Send(int id, int signal) => _ = SendSignal(id, signal);

    private sealed class Frozen(int id) : IDisposable
    {
        public void Dispose() => Send(id, Continue);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int id, int signal);
}
