namespace K12Hub.EventStore.Faults;

/// <summary>Has PostgreSQL crash while it is not calm: now all of it, now one of its processes, upon which it throws
/// everybody out by itself and recovers from its log.</summary>
internal sealed class Crashes(FaultServer server, Sessions sessions, Phases phases, Random random)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(7);

    /// <summary>How often one of its processes was killed.</summary>
    public int Processes { get; private set; }

    /// <summary>How often the server itself was, and started again.</summary>
    public int Servers { get; private set; }

    public async Task DoAsync(CancellationToken over)
    {
        try
        {
            for (var nth = 1; ; nth++)
            {
                await Task.Delay(phases.Calm, over);
                await Task.Delay(Between, over);
                if (phases.Calm > TimeSpan.Zero) continue;
                if (nth % 2 == 0) await KillProcessAsync();
                else await KillServerAsync();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task KillServerAsync()
    {
        await server.KillAsync(all: random.Next(2) == 0);
        Servers++;
    }

    private async Task KillProcessAsync()
    {
        if (await sessions.PickAsync("pid") is { } id)
        {
            NodeProcess.KillBackend(id);
            Processes++;
        }
    }
}
