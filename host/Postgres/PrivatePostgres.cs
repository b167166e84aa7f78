using System.Runtime.InteropServices;
using Npgsql;

namespace K12Hub.Postgres;

/// <summary>A PostgreSQL server of our own in a folder of our own: for trials, tests and benches.</summary>
/// <remarks>
/// It listens on a Unix socket (on Windows: loopback, a free port) with a random password. Several processes may use
/// one folder at the same time: the first starts the server, the others adopt it, the last one stops it. A server
/// left behind by a killed process is adopted by the next.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>What a person should know who sees this server start.</summary>
    public const string Banner =
        "Private PostgreSQL for trials: one machine, no backup. For a district, name a server of your own with "
        + "K12HUB__Database__ConnectionString.";

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(120);

    private readonly DataFolder folder;
    private readonly ServerProcess server;
    private readonly PrivatePostgresOptions options;
    private readonly List<IDisposable> watching = [];
    private readonly LockFile use;
    private readonly Lazy<Task> stop;

    private PrivatePostgres(DataFolder folder, ServerProcess server, PrivatePostgresOptions options, LockFile use)
    {
        (this.folder, this.server, this.options, this.use) = (folder, server, options, use);
        stop = new Lazy<Task>(StopAsync);
    }

    /// <summary>How to reach the database as its owner, who may do anything with the server; for Npgsql.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>How to reach it as the role the program works as, which owns nothing and which row-level security
    /// binds.</summary>
    public string ApplicationConnectionString { get; private set; } = "";

    /// <summary>Whether the server ran already when this process came.</summary>
    public bool Adopted { get; private set; }

    /// <summary>The server programs' version, for example 15.18.</summary>
    public Version Version { get; private init; } = new();

    /// <summary>Starts the server of a folder, or adopts the one that runs; makes folder, cluster and database first
    /// when they are not there.</summary>
    /// <param name="dataFolder">Where all of the server's files go.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="PostgresUnavailableException">No PostgreSQL here, or it does not start; the message says
    /// what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        string dataFolder, PrivatePostgresOptions? options = null, CancellationToken ct = default)
    {
        options ??= new PrivatePostgresOptions();
        options.Check();
        var folder = new DataFolder(dataFolder);
        try
        {
            Create(folder);
            using var starting = await LockFile.TakeAsync(folder.StartLock, LockPatience, ct).ConfigureAwait(false);
            return await StartLockedAsync(folder, options, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or TimeoutException)
        {
            throw new PostgresUnavailableException($"{folder.Root} cannot be used: {failure.Message}", failure);
        }
    }

    private static void Create(DataFolder folder)
    {
        try
        {
            folder.Create();
        }
        catch (IOException failure)
        {
            throw new PostgresUnavailableException(
                $"{folder.Root} cannot be made or is no folder: {failure.Message} Use --data with another.", failure);
        }
    }

    /// <summary>Lets go of the server; the last process that does so stops it.</summary>
    public ValueTask DisposeAsync() => new(stop.Value);

    private async Task StopAsync()
    {
        using (await LockFile.TakeAsync(folder.StartLock, LockPatience, default).ConfigureAwait(false))
        {
            await StopWhenLastAsync().ConfigureAwait(false);
        }

        if (options.Disposable)
        {
            DataFolder.Delete(folder.SocketFolder);
            DataFolder.Delete(folder.Root);
        }

        foreach (var watch in watching)
        {
            watch.Dispose();
        }
    }

    private async Task StopWhenLastAsync()
    {
        use.Dispose();
        using var last = LockFile.TryTake(folder.UseLock);
        if (last is not null)
        {
            if (ConnectionString.Length > 0)
            {
                NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
                NpgsqlConnection.ClearPool(new NpgsqlConnection(ApplicationConnectionString));
            }

            await server.StopAsync(default).ConfigureAwait(false);
        }
    }

    private static async Task<PrivatePostgres> StartLockedAsync(
        DataFolder folder, PrivatePostgresOptions options, CancellationToken ct)
    {
        var binaries = await PostgresBinaries.FindAsync(options, folder.Cache, folder.Major, ct).ConfigureAwait(false);
        var account = await ServerAccount.ForAsync(folder, ct).ConfigureAwait(false);
        await folder.CreateServerFoldersAsync(account, ct).ConfigureAwait(false);
        if (folder.Major is null)
        {
            options.Progress?.Invoke($"Making a database in {folder.Root} with PostgreSQL {binaries.Version} …");
            await Cluster.CreateAsync(folder, binaries, account, options.Disposable, ct).ConfigureAwait(false);
        }

        // Held before the server runs: who cannot say that it is in use must not leave it running.
        var use = LockFile.Share(folder.UseLock);
        var server = new ServerProcess(folder, binaries, account, options);
        var postgres = new PrivatePostgres(folder, server, options, use) { Version = binaries.Version };
        try
        {
            await postgres.FindOrStartAsync(ct).ConfigureAwait(false);
            return postgres;
        }
        catch
        {
            // What went wrong first is what has to be said.
            await Task.WhenAny(postgres.StopWhenLastAsync()).ConfigureAwait(false);
            throw;
        }
    }

    private async Task FindOrStartAsync(CancellationToken ct)
    {
        var found = await server.AdoptAsync(ct).ConfigureAwait(false);
        var address = found ?? await server.StartAsync(ct).ConfigureAwait(false);
        Adopted = found is not null;
        Watch();
        ConnectionString = await DatabaseAsync(address, options.Database, ct).ConfigureAwait(false);
        ApplicationConnectionString = await ApplicationAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Sees to it that the role is there. When its password was lost it gets a new one, which is kept once
    /// the role has it.</summary>
    private async Task<string> ApplicationAsync(CancellationToken ct)
    {
        var kept = await folder.ApplicationPasswordAsync(ct).ConfigureAwait(false);
        var address = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = Cluster.ApplicationUser,
            Password = kept ?? DataFolder.NewPassword(),
        };
        var owner = ConnectionString + ";Pooling=false";
        var made = await ApplicationRole.CreateAsync(owner, address.ConnectionString, ct).ConfigureAwait(false);
        if (kept is not null)
        {
            return address.ConnectionString;
        }

        if (!made)
        {
            await ApplicationRole.ResetAsync(owner, address.ConnectionString, ct).ConfigureAwait(false);
        }

        await folder.KeepApplicationPasswordAsync(address.Password).ConfigureAwait(false);
        return address.ConnectionString;
    }

    private static async Task<string> DatabaseAsync(
        NpgsqlConnectionStringBuilder address, string database, CancellationToken ct)
    {
        var target = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Database = database };
        try
        {
            await using var there = new NpgsqlConnection(target.ConnectionString + ";Pooling=false");
            await there.OpenAsync(ct).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(ct).ConfigureAwait(false);
            var name = database.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        return target.ConnectionString;
    }

    private void Watch()
    {
        if (options.Disposable && !OperatingSystem.IsWindows())
        {
            watching.Add(new DeathWatch(folder));
        }

        if (options.StopOnSignals)
        {
            foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP })
            {
                watching.Add(PosixSignalRegistration.Create(signal, _ => StopNow()));
            }
        }
    }

    // The signal's own effect, ending the process, comes after this returns; there is nothing to be awaited by.
    private void StopNow() => stop.Value.GetAwaiter().GetResult();
}
