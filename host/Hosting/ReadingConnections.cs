using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Connections for reading rows, apart from those that write.</summary>
/// <remarks>About two per core answer fastest, more only wait for each other. Reading leaves no state behind, so a
/// connection is not reset between two queries, which would cost the server another statement each time.</remarks>
internal sealed class ReadingConnections : IAsyncDisposable
{
    public ReadingConnections(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, Math.Max(4, 2 * Environment.ProcessorCount));
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        if (builder.MaxAutoPrepare == 0)
        {
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        }

        Source = NpgsqlDataSource.Create(builder);
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
