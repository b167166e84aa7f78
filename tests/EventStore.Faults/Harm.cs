using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>What is done to nodes and database while they work, and how often it was done.</summary>
internal sealed class Harm(string database, IReadOnlyList<NodeSlot> nodes, Random random)
{
    private static readonly TimeSpan BetweenCrashes = TimeSpan.FromSeconds(12);

    public int Sessions { get; private set; }

    public int Nodes { get; private set; }

    public int Frozen { get; private set; }

    public int Crashes { get; private set; }

    /// <summary>Something every quarter of a second or so, until it is over.</summary>
    public async Task DoAsync(CancellationToken over)
    {
        var crash = DateTimeOffset.UtcNow + BetweenCrashes;
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(50, 400), over);
                if (DateTimeOffset.UtcNow > crash)
                {
                    crash = DateTimeOffset.UtcNow + BetweenCrashes;
                    await CrashAsync();
                    continue;
                }

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
                await node.Process.FreezeAsync(TimeSpan.FromMilliseconds(random.Next(200, 2_000)), over);
                Frozen++;
                break;
            default:
                if (await PickAsync("pg_terminate_backend(pid)::int")) Sessions++;
                break;
        }
    }

    /// <summary>Kills a process of the server: the server throws all others out, and recovers from its log.</summary>
    private async Task CrashAsync()
    {
        if (await PickAsync("pid") && picked > 1)
        {
            NodeProcess.KillBackend(picked);
            Crashes++;
        }
    }

    private int picked;

    /// <summary>Does something to a session of a node, whichever it is.</summary>
    private async Task<bool> PickAsync(string what)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                $"""
                select {what} from (select pid from pg_stat_activity
                 where datname = current_database() and application_name = '{Stores.NodeName}'
                 order by random() limit 1) one
                """, connection);
            picked = await command.ExecuteScalarAsync() as int? ?? 0;
            return picked > 0;
        }
        catch (Exception down) when (down is NpgsqlException or IOException or TimeoutException)
        {
            // The server is just recovering from the last harm.
            return false;
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
