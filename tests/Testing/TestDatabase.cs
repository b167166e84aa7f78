using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.Testing;

/// <summary>A database of its own for one test or test class, on a server that this test run shares.</summary>
/// <remarks>The server is private, lives in memory where the system has room for it there and else in the temporary
/// folder, and is stopped and deleted when the run ends, also when the run is killed.</remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string ApplicationUser = "k12hub_app";
    private const string InMemory = "/dev/shm";
    private const long MemoryNeeded = 4L * 1024 * 1024 * 1024;

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);
    private static readonly Dictionary<string, Lazy<Task<string>>> Templates = [];
    private static int count;

    private TestDatabase(string name, string connectionString) => (Name, ConnectionString) = (name, connectionString);

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>How to reach it as the owner of its tables, whom no row-level security binds; for Npgsql.</summary>
    public string ConnectionString { get; }

    /// <summary>How to reach it as the role the program works as.</summary>
    public string ApplicationConnectionString => ApplicationOf(ConnectionString);

    /// <summary>How the role the program works as reaches what its owner reaches; also in another process.</summary>
    /// <param name="connectionString">The owner's.</param>
    public static string ApplicationOf(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = ApplicationUser }.ConnectionString;

    /// <summary>An empty database.</summary>
    public static Task<TestDatabase> CreateAsync() => CopyAsync("template0");

    /// <summary>A copy of a prepared database: <paramref name="prepare"/> runs once per run and name, and must close
    /// its connections.</summary>
    public static async Task<TestDatabase> CreateAsync(string template, Func<string, Task> prepare)
    {
        Lazy<Task<string>> prepared;
        lock (Templates)
        {
            if (!Templates.TryGetValue(template, out prepared!))
            {
                Templates[template] = prepared = new Lazy<Task<string>>(() => PrepareAsync(prepare));
            }
        }

        return await CopyAsync(await prepared.Value);
    }

    /// <summary>Makes a role, with the password that all roles of a run have.</summary>
    /// <param name="name">What comes before the database's name.</param>
    /// <param name="attributes">What it may, as SQL says it: <c>superuser</c>.</param>
    /// <returns>How it reaches the database.</returns>
    public async Task<string> CreateRoleAsync(string name, string attributes = "")
    {
        var address = new NpgsqlConnectionStringBuilder(ConnectionString) { Username = $"{name}_{Name}" };
        await ExecuteAsync($"create role {address.Username} login password '{address.Password}' {attributes}");
        return address.ConnectionString;
    }

    /// <summary>Gives the database to a role without privileges, as on most servers of others, where nobody is a
    /// superuser.</summary>
    /// <returns>How it reaches the database.</returns>
    public async Task<string> GiveToOwnerAsync()
    {
        var owner = await CreateRoleAsync("owner");
        await ExecuteAsync($"alter database {Name} owner to owner_{Name}");
        return owner;
    }

    /// <summary>Drops the database, whoever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ApplicationConnectionString));
        await ExecuteAsync($"drop database if exists {Name} with (force)");
    }

    private static async Task<string> PrepareAsync(Func<string, Task> prepare)
    {
        var database = await CreateAsync();
        await prepare(database.ConnectionString);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database.ConnectionString));
        return database.Name;
    }

    private static async Task<TestDatabase> CopyAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref count)}";
        await ExecuteAsync($"create database {name} template {template}");
        var server = await Server.Value;
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 };
        return new TestDatabase(name, address.ConnectionString);
    }

    private static async Task ExecuteAsync(string sql)
    {
        var server = await Server.Value;
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        var server = await StartServerAsync();

        // One password for both roles, so that the address of one follows from that of the other in every process.
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"alter role {ApplicationUser} password '{owner.Password}'", connection);
        await command.ExecuteNonQueryAsync();
        return server;
    }

    // A server with fsync off would do as well, but the event store rightly refuses to work on one.
    private static Task<PrivatePostgres> StartServerAsync() => PrivatePostgres.StartAsync(
        Path.Combine(HasRoomInMemory() ? InMemory : Path.GetTempPath(), $"k12hub-tests-{Environment.ProcessId}"),
        new PrivatePostgresOptions
        {
            Disposable = true,
            StopOnSignals = false,
            SharedBuffersMb = 128,
            MaxConnections = 200,
            ServerSettings = new Dictionary<string, string> { ["max_wal_size"] = "256MB" },
        });

    private static bool HasRoomInMemory() =>
        Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > MemoryNeeded;
}
