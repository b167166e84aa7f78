using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>The store that every process of a run opens over the same database.</summary>
internal static class Stores
{
    public const string NodeName = "faults-node";

    public static readonly DistrictId District = new(1);

    public static DocumentStore Open(string address, string name) => DocumentStore.For(options =>
    {
        options.ConnectionString = new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = name,
            MaxPoolSize = 24,
            Timeout = 5,
            CommandTimeout = 15,
        }.ConnectionString;
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
