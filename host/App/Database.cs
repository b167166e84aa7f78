using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.App;

/// <summary>The PostgreSQL in use: the one the settings name, or a private one in the data folder.</summary>
internal sealed class Database : IAsyncDisposable
{
    // More connections than this only wait for each other: a page of 50 rows was fastest with about two per core.
    private static readonly int PrivatePoolSize = Math.Clamp(4 * Environment.ProcessorCount, 16, 48);

    private readonly PrivatePostgres? server;

    private Database(string connectionString, PrivatePostgres? server) =>
        (ConnectionString, this.server) = (connectionString, server);

    public string ConnectionString { get; }

    public bool IsPrivate => server is not null;

    public static async Task<Database> OpenAsync(AppSettings settings, Action<string> say, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(settings.Database.ConnectionString))
        {
            return new Database(settings.Database.ConnectionString, null);
        }

        var server = await PrivatePostgres.StartAsync(settings.DataFolder, new PrivatePostgresOptions
        {
            SharedBuffersMb = settings.Database.PrivateSharedBuffersMb,
            StopOnSignals = false,
            Progress = say,
        }, ct);
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = PrivatePoolSize };
        return new Database(address.ConnectionString, server);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
