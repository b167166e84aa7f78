using System.Diagnostics;
using Npgsql;

namespace K12Hub.Testing;

/// <summary>PostgreSQL's own backup programs, as an administrator would run them.</summary>
public static class PgDump
{
    // How xunit knows, without being asked, that a test cannot run here.
    private const string SkipsTest = "$XunitDynamicSkip$";

    /// <summary>Everything a plain dump of a database has.</summary>
    public static Task<string> TextAsync(string connectionString, CancellationToken ct) =>
        RunAsync(connectionString, "pg_dump", ct, "--no-owner");

    /// <summary>Writes a dump that <see cref="RestoreAsync"/> reads.</summary>
    public static Task DumpAsync(string connectionString, string file, CancellationToken ct) =>
        RunAsync(connectionString, "pg_dump", ct, "--format=custom", $"--file={file}");

    /// <summary>Fills an empty database from a dump.</summary>
    public static Task RestoreAsync(string connectionString, string file, CancellationToken ct) => RunAsync(
        connectionString, "pg_restore", ct, "--exit-on-error", "--single-transaction", "--no-owner",
        $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file);

    private static async Task<string> RunAsync(
        string connectionString, string program, CancellationToken ct, params string[] arguments)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand("select setting from pg_config where name = 'BINDIR'", connection);
        var path = Path.Combine((string)(await ask.ExecuteScalarAsync(ct))!, program);
        if (!File.Exists(path))
        {
            throw new NotSupportedException($"{SkipsTest}The PostgreSQL that runs has no {program}.");
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
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(errors);
    }
}
