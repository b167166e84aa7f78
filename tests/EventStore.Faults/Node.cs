using System.Runtime.InteropServices;

namespace K12Hub.EventStore.Faults;

/// <summary>One process of a run: writers, and a daemon that projects. It may be killed or frozen at any
/// instant.</summary>
internal static class Node
{
    // Apart from those of the session writers, up to 16: equal seeds would write to the same streams.
    private const int LateSeeds = 50;

    public static async Task<int> RunAsync(string address, string folder, string name, int seed, int writers)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var acknowledged = new Acknowledged(Path.Combine(folder, $"{name}.acknowledged"));
        await using var store = Stores.Open(address, Stores.NameOf(name));
        store.Daemon.StartAll();
        var work = Enumerable.Range(0, writers).SelectMany(i => new[]
        {
            new SessionWriter(store, acknowledged, new Random(seed + i)).RunAsync(stop.Token),
            new LateWriter(store, new Random(seed + LateSeeds + i)).RunAsync(stop.Token),
        });
        await Task.WhenAll(work);
        return 0;
    }
}
