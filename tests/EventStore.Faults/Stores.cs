using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>The store that every process of a run opens over the same database.</summary>
internal static class Stores
{
    public const string NodeName = "faults-node";

    public static readonly DistrictId District = new(1);

    // A run gives both roles one password.
    public const string Application = "k12hub_app";

    /// <summary>What the server calls the connections of a node.</summary>
    public static string NameOf(string node) => $"{NodeName}-{node}";

    /// <param name="address">The address of the tables' owner.</param>
    /// <param name="name">What the server is to call the connections.</param>
    public static DocumentStore Open(string address, string name) => DocumentStore.For(options =>
    {
        var owner = new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = name,
            MaxPoolSize = 24,
            Timeout = 5,
            CommandTimeout = 15,
        };
        options.OwnerConnectionString = owner.ConnectionString;
        options.ConnectionString =
            new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = Application }.ConnectionString;
        options.SignalAppends = true;
        options.Events.MapEventType<LinePosted>("ledger.line_posted");
        options.Aggregates.Add<Ledger>("ledger", id => new(id, 0, Guid.Empty), Ledger.Evolve);
        options.Tables.Add<LedgerRow>("faults.ledgers", 1, table => table.Key(row => row.Id).FollowsStream());
        options.Tables.Add<CountRow>("faults.counted", 1, table => table.Key(row => row.Id));
        options.Projections.Add<Ledgers>(ProjectionLifecycle.Inline);
        options.Projections.Add<Counted>(ProjectionLifecycle.Async);
        options.Projections.PageSize = 23;
        options.Projections.PollInterval = TimeSpan.FromMilliseconds(20);
    });
}
