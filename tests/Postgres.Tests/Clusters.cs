using Npgsql;

namespace K12Hub.Postgres.Tests;

/// <summary>A folder that is deleted after the test, with what tests ask a server.</summary>
public sealed class Clusters : IAsyncDisposable
{
    private readonly List<PrivatePostgres> started = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("k12hub-postgres-").FullName;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal DataFolder Files => new(DataPath);

    public string DataPath { get; init; }

    public Clusters()
    {
        DataPath = Path.Combine(Folder, "data");
        SetMode(Folder, 0b111_001_001);
    }

    /// <summary>Sets a folder's mode where folders have one.</summary>
    public static void SetMode(string folder, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)mode);
        }
    }

    public async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions? options = null)
    {
        var quiet = (options ?? new PrivatePostgresOptions()) with { StopOnSignals = false };
        var postgres = await PrivatePostgres.StartAsync(DataPath, quiet, Ct);
        started.Add(postgres);
        return postgres;
    }

    public static async Task<string?> AskAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(Ct))?.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in started)
        {
            await postgres.DisposeAsync();
        }

        DataFolder.Delete(new DataFolder(DataPath).SocketFolder);

        Directory.Delete(Folder, recursive: true);
    }
}
