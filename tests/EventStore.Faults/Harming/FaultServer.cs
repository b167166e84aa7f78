using K12Hub.Postgres;
using K12Hub.Testing;

namespace K12Hub.EventStore.Faults;

/// <summary>The PostgreSQL of a run, which waits for the disk as in production. It is killed now and then and started
/// again over the files it left.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private static readonly PrivatePostgresOptions Options = new() { MaxConnections = 200 };

    private readonly string folder;
    private readonly List<PrivatePostgres> started = [];

    private FaultServer(string folder) => this.folder = folder;

    /// <summary>How its owner reaches it; the same after it was killed.</summary>
    public string ConnectionString => started[0].ConnectionString;

    /// <summary>Makes one and starts it.</summary>
    public static async Task<FaultServer> StartAsync(string folder, CancellationToken ct)
    {
        var server = new FaultServer(folder);
        await server.StartAgainAsync(ct);
        return server;
    }

    /// <summary>Kills the process that all others of the server come from, and starts another.</summary>
    /// <param name="all">The others, too, at the same instant; or else they live on until they notice.</param>
    public async Task KillAsync(bool all)
    {
        await ServerCrash.KillAsync(ConnectionString, all, CancellationToken.None);
        await StartAgainAsync(CancellationToken.None);
    }

    // The last one to be let go of stops the server.
    public async ValueTask DisposeAsync()
    {
        foreach (var one in started) await one.DisposeAsync();
    }

    private async Task StartAgainAsync(CancellationToken ct) =>
        started.Add(await PrivatePostgres.StartAsync(folder, Options, ct));
}
