using System.Globalization;
using System.Text;

namespace K12Hub.Postgres;

/// <summary>The server's settings, written anew at every start.</summary>
internal static class ServerConfiguration
{
    // Bulk loads of rosters write much and wait for the disk; short queries must not pay for a JIT compiler.
    private static readonly (string Name, string Value)[] Always =
    [
        ("unix_socket_permissions", "0700"),
        ("password_encryption", "scram-sha-256"),
        ("maintenance_work_mem", "128MB"),
        ("work_mem", "16MB"),
        ("random_page_cost", "1.1"),
        ("jit", "off"),
        ("max_wal_size", "2GB"),
        // Nothing follows this server, so a file that is filled in the transaction that began it is not logged first.
        ("wal_level", "minimal"),
        ("max_wal_senders", "0"),
        ("checkpoint_timeout", "15min"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        // What fails may hold names of children: neither the statement nor the row goes to the log.
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
    ];

    // Said aloud although they are PostgreSQL's own defaults: nothing acknowledged may be lost.
    private static readonly (string Name, string Value)[] Durable =
        [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")];

    public static async Task WriteAsync(
        DataFolder folder, PrivatePostgresOptions options, int port, CancellationToken ct)
    {
        var text = new StringBuilder()
            .Append("# Written by K12Hub at every start. Settings of your own go into own.conf beside this file.\n");
        var settings = Always
            .Concat(Durable)
            .Concat(Listening(folder, port))
            .Append(("shared_buffers", options.SharedBuffersMb.ToString(CultureInfo.InvariantCulture) + "MB"))
            .Append(("max_connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture)))
            .Concat(options.ServerSettings.Select(s => (s.Key, s.Value)));
        foreach (var (name, value) in settings)
        {
            var quoted = value.Replace("'", "''", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{quoted}'\n");
        }

        text.Append("include_if_exists = 'own.conf'\n");
        var file = Path.Combine(folder.Data, "postgresql.conf");
        await File.WriteAllTextAsync(file, text.ToString(), ct).ConfigureAwait(false);
    }

    private static (string, string)[] Listening(DataFolder folder, int port) => OperatingSystem.IsWindows()
        ? [("listen_addresses", "127.0.0.1"), ("port", port.ToString(CultureInfo.InvariantCulture))]
        : [("listen_addresses", ""), ("unix_socket_directories", $"\"{folder.SocketFolder}\"")];
}
