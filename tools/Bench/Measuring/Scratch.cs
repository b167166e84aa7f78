using System.Globalization;
using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.Bench.Measuring;

/// <summary>A folder and a database server for one measurement, gone afterwards. The server is the one K12Hub starts
/// for trials, with its settings: every commit waits for the disk.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private readonly string folder;
    private readonly PrivatePostgres server;

    private Scratch(string folder, PrivatePostgres server) => (this.folder, this.server) = (folder, server);

    public static async Task<Scratch> CreateAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-bench-").FullName;
        return new(folder, await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), ct: ct));
    }

    /// <summary>Processor time of the server so far.</summary>
    public TimeSpan ServerTime => ProcessFigures.FamilyTime(
        int.Parse(File.ReadLines(FileAt("postgres/postgres/data/postmaster.pid")).First(),
        CultureInfo.InvariantCulture));

    public string FileAt(string name) => Path.Combine(folder, name);

    /// <summary>A new database; the owner's address.</summary>
    public async Task<string> DatabaseAsync(string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(ct);
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync(ct);
        return AddressOf(name);
    }

    /// <summary>Drops a database that has served: autovacuum would look after its rows while something else is
    /// measured.</summary>
    public async Task DropAsync(string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(ct);
        await using var drop = new NpgsqlCommand($"drop database {name} with (force)", connection);
        await drop.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The owner's address of a database that was made.</summary>
    public string AddressOf(string name) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;

    /// <summary>The address of the same database for the role the program works as.</summary>
    public string ApplicationOf(string connectionString)
    {
        var application = new NpgsqlConnectionStringBuilder(server.ApplicationConnectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            Username = application.Username,
            Password = application.Password,
        }.ConnectionString;
    }

    /// <summary>Settings under which K12Hub uses a database of ours.</summary>
    public IReadOnlyDictionary<string, string> AppOn(string connectionString) => new Dictionary<string, string>
    {
        ["K12HUB__Database__ConnectionString"] = ApplicationOf(connectionString),
        ["K12HUB__Database__OwnerConnectionString"] = connectionString,
        ["K12HUB__Data__Folder"] = FileAt("app"),
    };

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
