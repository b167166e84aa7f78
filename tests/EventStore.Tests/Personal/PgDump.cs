using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>PostgreSQL's own backup programs, as an administrator would run them.</summary>
internal static class PgDump
{
    /// <summary>Everything a plain dump of a database has.</summary>
    public static Task<string> TextAsync(string connectionString) =>
        RunAsync(connectionString, "pg_dump", "--no-owner");

    /// <summary>Writes a dump that <see cref="RestoreAsync"/> reads.</summary>
    public static Task DumpAsync(string connectionString, string file) =>
        RunAsync(connectionString, "pg_dump", "--format=custom", $"--file={file}");

    /// <summary>Fills an empty database from a dump.</summary>
    public static Task RestoreAsync(string connectionString, string file) => RunAsync(
        connectionString, "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
        $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file);

    private static async Task<string> RunAsync(string connectionString, string program, params string[] arguments)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestStore.Ct);
        await using var ask = new NpgsqlCommand("select setting from pg_config where name = 'BINDIR'", connection);
        var path = Path.Combine((string)(await ask.ExecuteScalarAsync(TestStore.Ct))!, program);
        if (!File.Exists(path))
        {
            Assert.Skip($"The PostgreSQL that runs has no {program}.");
        }

        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = server.Host, ["PGPORT"] = $"{server.Port}", ["PGUSER"] = server.Username,
                ["PGPASSWORD"] = server.Password, ["PGDATABASE"] = server.Database,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestStore.Ct);
        var errors = await process.StandardError.ReadToEndAsync(TestStore.Ct);
        await process.WaitForExitAsync(TestStore.Ct);
        Assert.True(process.ExitCode == 0, errors);
        return await output;
    }
}
