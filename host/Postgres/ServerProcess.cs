using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace K12Hub.Postgres;

/// <summary>Starts, finds and stops the server of one data folder.</summary>
internal sealed class ServerProcess(
    DataFolder folder, PostgresBinaries binaries, ServerAccount account, PrivatePostgresOptions options)
{
    private const int UnixPort = 5432;
    private const int Attempts = 20;
    private const int RecoverySeconds = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A healthy server on this folder that an earlier process left behind or another one uses.</summary>
    /// <returns>How to reach it; null when there is none.</returns>
    public async Task<NpgsqlConnectionStringBuilder?> AdoptAsync(CancellationToken ct)
    {
        if (PidFile.Read(folder) is not { Port: > 0 } found || !File.Exists(folder.Password))
        {
            return null;
        }

        var address = Address(found.Port);
        for (var second = 0; second < RecoverySeconds; second++)
        {
            try
            {
                return await ServesOurDataAsync(address, ct).ConfigureAwait(false) ? address : null;
            }
            catch (PostgresException starting) when (starting.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or SocketException or IOException)
            {
                return null;
            }
        }

        throw new PostgresUnavailableException(
            $"The server on {folder.Data} is still recovering after {RecoverySeconds} s; see {folder.Log}.");
    }

    /// <summary>Starts a server, over whatever a crash left behind.</summary>
    public async Task<NpgsqlConnectionStringBuilder> StartAsync(CancellationToken ct)
    {
        var failure = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (PidFile.TryClear(folder))
            {
                var port = OperatingSystem.IsWindows() ? FreePort() : UnixPort;
                await ServerConfiguration.WriteAsync(folder, options, port, ct).ConfigureAwait(false);
                TrimLog();
                var outcome = await Tool.RunAsync(
                    account.Command(
                        binaries.Program("pg_ctl"), "-D", folder.Data, "-l", folder.Log, "-s", "-w",
                        "-t", $"{RecoverySeconds}", "start"), ct).ConfigureAwait(false);
                if (outcome.Succeeded)
                {
                    return Address(port);
                }

                failure = outcome.Output;
                if (!IsPassing(LogTail()))
                {
                    break;
                }
            }

            // Backends of a killed server live on for some milliseconds and hold its shared memory.
            await Task.Delay(Pause, ct).ConfigureAwait(false);
        }

        throw new PostgresUnavailableException(
            $"PostgreSQL {binaries.Version} did not start on {folder.Data}. {failure}\n{LogTail()}".TrimEnd());
    }

    /// <summary>Stops the server after its transactions were rolled back; nothing happens when none runs.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (!File.Exists(folder.PidFile))
        {
            return;
        }

        // pg_ctl starts the server in a session of its own, so Ctrl-C reaches us only and we decide when it stops. One
        // whose disk is full may not come to its last checkpoint: it stops without, and recovers at its next start.
        var outcome = options.Disposable ? null : await StopAsync("fast", ct).ConfigureAwait(false);
        if (outcome is null || (!outcome.Succeeded && File.Exists(folder.PidFile)))
        {
            outcome = await StopAsync("immediate", ct).ConfigureAwait(false);
        }

        if (!outcome.Succeeded && File.Exists(folder.PidFile))
        {
            throw new PostgresUnavailableException($"PostgreSQL on {folder.Data} did not stop: {outcome.Output}");
        }
    }

    private Task<Tool.Outcome> StopAsync(string mode, CancellationToken ct) => Tool.RunAsync(
        account.Command(
            binaries.Program("pg_ctl"), "-D", folder.Data, "-s", "-w", "-t", $"{RecoverySeconds}", "-m", mode, "stop"),
        ct);

    private NpgsqlConnectionStringBuilder Address(int port) => new()
    {
        Host = OperatingSystem.IsWindows() ? "127.0.0.1" : folder.SocketFolder,
        Port = port,
        Username = Cluster.User,
        Password = File.ReadAllText(folder.Password).Trim(),
        Database = "postgres",
        Timeout = RecoverySeconds,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };

    private async Task<bool> ServesOurDataAsync(NpgsqlConnectionStringBuilder address, CancellationToken ct)
    {
        var once = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(once.ConnectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        await using var question = new NpgsqlCommand("show data_directory", connection);
        var served = (string?)await question.ExecuteScalarAsync(ct).ConfigureAwait(false);
        return served is not null && Path.GetFullPath(served) == folder.Data;
    }

    private static bool IsPassing(string log) =>
        log.Contains("lock file", StringComparison.Ordinal)
        || log.Contains("shared memory block", StringComparison.Ordinal)
        || log.Contains("could not bind", StringComparison.Ordinal);

    private string LogTail() => File.Exists(folder.Log)
        ? string.Join('\n', File.ReadAllLines(folder.Log).TakeLast(5))
        : "";

    private void TrimLog()
    {
        const long Longest = 10 * 1024 * 1024;
        if (new FileInfo(folder.Log) is { Exists: true, Length: > Longest })
        {
            File.Delete(folder.Log);
        }
    }

    // PostgreSQL knows no port 0. Between letting go and starting somebody may take the port: then we try again.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
