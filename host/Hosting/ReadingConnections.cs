using System.Collections.Concurrent;
using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Connections for reading rows, apart from those that write; each belongs to one district for its whole life.
/// PostgreSQL is told the district when the connection is opened and shows its rows only.</summary>
/// <remarks>About two per core answer fastest, more only wait for each other. Reading leaves no state behind, so a
/// connection is not reset between two queries, which would cost the server another statement each time; to say whose
/// rows are meant costs none either.</remarks>
internal sealed class ReadingConnections : IAsyncDisposable
{
    // Of many districts most are quiet: what they do not use goes back to the server soon.
    private const int LongestIdleSeconds = 60;

    private readonly ConcurrentDictionary<short, Lazy<NpgsqlDataSource>> sources = new();
    private readonly NpgsqlConnectionStringBuilder address;

    public ReadingConnections(string connectionString)
    {
        address = new(connectionString) { NoResetOnClose = true };
        address.MaxPoolSize = Math.Min(address.MaxPoolSize, Math.Max(4, 2 * Environment.ProcessorCount));
        address.MinPoolSize = Math.Min(address.MinPoolSize, address.MaxPoolSize);
        address.ConnectionIdleLifetime = Math.Min(address.ConnectionIdleLifetime, LongestIdleSeconds);
        if (address.MaxAutoPrepare == 0)
        {
            (address.MaxAutoPrepare, address.AutoPrepareMinUsages) = (100, 2);
        }
    }

    /// <summary>A connection of a district; closed.</summary>
    public NpgsqlConnection Connect(DistrictId district) =>
        sources.GetOrAdd(district.Value, number => new(() => Open(number))).Value.CreateConnection();

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values)
        {
            await source.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlDataSource Open(short district)
    {
        var own = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        own.Options = string.Create(CultureInfo.InvariantCulture, $"{own.Options} -c k12.tenant={district}").Trim();
        return NpgsqlDataSource.Create(own);
    }
}
