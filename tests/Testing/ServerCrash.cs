using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace K12Hub.Testing;

/// <summary>Ends a PostgreSQL as a loss of power does to its memory: by SIGKILL, and with it whatever it had not
/// written to its files.</summary>
public static class ServerCrash
{
    /// <summary>Kills the server; it has ended when this returns.</summary>
    /// <param name="connectionString">How to reach it as somebody who may read its files.</param>
    /// <param name="all">All its processes at once; or else only the one they come from, and they live on until they
    /// notice.</param>
    /// <param name="ct">Gives up before it is done.</param>
    public static async Task KillAsync(string connectionString, bool all, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand(
            "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)", connection);
        var id = int.Parse((string)(await ask.ExecuteScalarAsync(ct))!, CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        server.Kill(entireProcessTree: all);
        await server.WaitForExitAsync(ct);
    }
}
