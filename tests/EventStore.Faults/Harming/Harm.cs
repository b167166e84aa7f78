namespace K12Hub.EventStore.Faults;

/// <summary>What is done to nodes and their sessions while they work, and how often it was done.</summary>
internal sealed class Harm(Sessions sessions, IReadOnlyList<NodeSlot> nodes, Random random)
{
    // A node holds a checkpoint for some milliseconds at a time.
    private const int Looks = 40;

    /// <summary>Sessions cut off.</summary>
    public int Cut { get; private set; }

    /// <summary>Nodes killed.</summary>
    public int Nodes { get; private set; }

    /// <summary>Nodes frozen.</summary>
    public int Frozen { get; private set; }

    /// <summary>How many of them held the checkpoint of a projection.</summary>
    public int WithLease { get; private set; }

    /// <summary>Something every quarter of a second or so, until it is over.</summary>
    public async Task DoAsync(CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(50, 400), over);
                await OneAsync(over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task OneAsync(CancellationToken over)
    {
        var node = nodes[random.Next(nodes.Count)];
        switch (random.Next(12))
        {
            case 0:
                node.Restart();
                Nodes++;
                break;
            case 1:
                Frozen++;
                using (node.Process.Freeze()) await Task.Delay(random.Next(200, 2_000), over);
                break;
            case 2:
                await FreezeWithLeaseAsync(over);
                break;
            default:
                if (await sessions.PickAsync("pg_terminate_backend(pid)::int") is 1) Cut++;
                break;
        }
    }

    /// <summary>Freezes a node that holds a checkpoint: the others wait for it, or, when it is cut off meanwhile, go on
    /// without it, and it wakes up believing that it still holds it.</summary>
    private async Task FreezeWithLeaseAsync(CancellationToken over)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (await sessions.FindLeaseAsync() is not { } lease || nodes.FirstOrDefault(
                node => lease.Node == Stores.NameOf(node.Process.Name)) is not { } holder)
            {
                await Task.Delay(5, over);
                continue;
            }

            using var frozen = holder.Process.Freeze();
            if (!await sessions.IsHeldAsync(lease)) continue;
            Frozen++;
            WithLease++;
            await Task.Delay(random.Next(200, 1_000), over);
            if (random.Next(2) == 0) await sessions.CutAsync(lease.Session);
            await Task.Delay(random.Next(200, 1_000), over);
            return;
        }
    }
}

/// <summary>A place for a node: killed, another one takes it.</summary>
internal sealed class NodeSlot(Func<int, NodeProcess> start) : IDisposable
{
    private int generation;

    public NodeProcess Process { get; private set; } = start(0);

    public void Restart()
    {
        Process.KillNow();
        Process.Dispose();
        Process = start(++generation);
    }

    public void Dispose() => Process.Dispose();
}
