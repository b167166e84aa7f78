using K12Hub.Hosting;
using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.App;

/// <summary>The PostgreSQL in use: the one the settings name, or a private one in the data folder.</summary>
internal sealed class Database : IAsyncDisposable
{
    // More connections than this only wait for each other: a page of 50 rows was fastest with about two per core.
    private static readonly int PrivatePoolSize = Math.Clamp(4 * Environment.ProcessorCount, 16, 48);

    // Installing and importing need a few.
    private const int PrivateOwnerPoolSize = 16;

    private readonly HubDatabase? named;
    private readonly Task<PrivatePostgres>? server;

    private Database(HubDatabase? named, Task<PrivatePostgres>? server) => (this.named, this.server) = (named, server);

    public bool IsPrivate => server is not null;

    /// <summary>Begins to start the server where there is one to start; others can do something meanwhile.</summary>
    public static Database Open(AppSettings settings, Action<string> say, CancellationToken ct)
    {
        if (settings.Database is { ConnectionString: { } address } && !string.IsNullOrWhiteSpace(address))
        {
            var owner = settings.Database.OwnerConnectionString;
            return new Database(new(address, string.IsNullOrWhiteSpace(owner) ? null : owner), null);
        }

        var options = new PrivatePostgresOptions
        {
            SharedBuffersMb = settings.Database.PrivateSharedBuffersMb,
            StopOnSignals = false,
            Progress = say,
        };
        return new Database(null, Task.Run(() => PrivatePostgres.StartAsync(settings.DataFolder, options, ct), ct));
    }

    /// <summary>Waits until the database can be used, and makes the role the program works as where its owner is named
    /// apart and the server has none of that name.</summary>
    /// <returns>How to reach it.</returns>
    public async Task<HubDatabase> AddressAsync(CancellationToken ct)
    {
        if (named is null)
        {
            return AddressOf(await server!);
        }

        if (named.OwnerConnectionString is { } owner)
        {
            await ApplicationRole.CreateAsync(owner, named.ConnectionString, ct);
        }

        return named;
    }

    /// <summary>How to reach it, for whoever comes after <see cref="AddressAsync"/>.</summary>
    public HubDatabase Address => named ?? (server!.IsCompletedSuccessfully
        ? AddressOf(server.Result)
        : throw new InvalidOperationException("The database is still starting."));

    public async ValueTask DisposeAsync()
    {
        if (server is null)
        {
            return;
        }

        await Task.WhenAny(server);
        if (server.IsCompletedSuccessfully)
        {
            await server.Result.DisposeAsync();
        }
    }

    private static HubDatabase AddressOf(PrivatePostgres server) => new(
        Pooled(server.ApplicationConnectionString, PrivatePoolSize),
        Pooled(server.ConnectionString, PrivateOwnerPoolSize));

    private static string Pooled(string address, int size) =>
        new NpgsqlConnectionStringBuilder(address) { MaxPoolSize = size }.ConnectionString;
}
