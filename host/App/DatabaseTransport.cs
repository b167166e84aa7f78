using System.Net;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.App;

/// <summary>The way to a PostgreSQL on another machine: whether others on it can read what is said, or answer in its
/// place.</summary>
internal static class DatabaseTransport
{
    /// <summary>What to tell whoever starts the program.</summary>
    /// <param name="database">Where the database is.</param>
    /// <returns>One sentence with the way out for each setting whose connections are open to others; empty for
    /// none.</returns>
    public static IEnumerable<string> Warnings(HubDatabase database)
    {
        var settings = new[]
        {
            ("ConnectionString", database.ConnectionString), ("OwnerConnectionString", database.OwnerConnectionString),
        };
        foreach (var (name, address) in settings)
        {
            if (address is null) continue;
            var read = new NpgsqlConnectionStringBuilder(address);
            if (read.SslMode is SslMode.VerifyCA or SslMode.VerifyFull || IsHere(read.Host)) continue;

            yield return $"WARNING: K12HUB__Database__{name} reaches PostgreSQL at {read.Host} with SSL Mode="
                + $"{read.SslMode}: whoever is on the way may read what is said, or answer in its place. Set SSL "
                + "Mode=VerifyFull, and Root Certificate to the file of the authority where it is the district's own.";
        }
    }

    // A socket's folder, an abstract socket, or this machine by name or number; of several hosts all.
    private static bool IsHere(string? hosts) => hosts is null || hosts.Split(',').All(host =>
        host.StartsWith('/') || host.StartsWith('@') || WithoutPort(host) is "localhost"
        || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address)));

    private static string WithoutPort(string host)
    {
        if (host.StartsWith('[')) return host[1..Math.Max(host.IndexOf(']', StringComparison.Ordinal), 1)];
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == host.LastIndexOf(':') ? host[..colon] : host;
    }
}
