using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.App;

/// <summary>The PostgreSQL in use: the one the settings name, or a private one in the data folder.</summary>
internal sealed class Database : IAsyncDisposable
{
    // More connections than this only wait for each other: a page of 50 rows was fastest with about two per core.
    private static readonly int PrivatePoolSize = Math.Clamp(4 * Environment.ProcessorCount, 16, 48);

    private readonly string? named;
    private readonly Task<PrivatePostgres>? server;

    private Database(string? named, Task<PrivatePostgres>? server) => (this.named, this.server) = (named, server);

    public bool IsPrivate => server is not null;

    /// <summary>Begins to start the server where there is one to start; others can do something meanwhile.</summary>
    public static Database Open(AppSettings settings, Action<string> say, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(settings.Database.ConnectionString))
        {
            return new Database(settings.Database.ConnectionString, null);
        }

        var options = new PrivatePostgresOptions
        {
            SharedBuffersMb = settings.Database.PrivateSharedBuffersMb,
            StopOnSignals = false,
            Progress = say,
        };
        return new Database(null, Task.Run(() => PrivatePostgres.StartAsync(settings.DataFolder, options, ct), ct));
    }

    /// <summary>Waits until the database can be used.</summary>
    /// <returns>How to reach it.</returns>
    public async Task<string> AddressAsync() => named ?? AddressOf(await server!);

    /// <summary>How to reach it, for whoever comes after <see cref="AddressAsync"/>.</summary>
    public string Address => named ?? (server!.IsCompletedSuccessfully
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

    private static string AddressOf(PrivatePostgres server) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = PrivatePoolSize }.ConnectionString;
}
