using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The two ways into the database: as the application, which sees the district it names, and as the owner of
/// the schema.</summary>
internal sealed class StoreConnections : IAsyncDisposable
{
    // Policies let the owner see all districts where he says so; nobody else.
    private const string SeeAll = "-c k12.districts=all";

    private StoreConnections(NpgsqlDataSource application, NpgsqlDataSource owner, bool areOne) =>
        (Application, Owner, AllDistricts) = (application, owner, areOne ? owner : application);

    public NpgsqlDataSource Application { get; }

    public NpgsqlDataSource Owner { get; }

    /// <summary>Who calls the functions that serve all districts. They have the owner's rights whoever calls them; but
    /// an owner who calls them himself must say that he means all districts.</summary>
    public NpgsqlDataSource AllDistricts { get; }

    public static StoreConnections Open(StoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            throw new ArgumentException("The store needs options.ConnectionString.");
        }

        var application = Address(options.ConnectionString);
        var owner = Address(string.IsNullOrWhiteSpace(options.OwnerConnectionString)
            ? options.ConnectionString
            : options.OwnerConnectionString);
        owner.MinPoolSize = 0; // Asked now and then.
        owner.Options = $"{owner.Options} {SeeAll}".Trim();
        return new(
            NpgsqlDataSource.Create(application), NpgsqlDataSource.Create(owner),
            areOne: owner.Username == application.Username);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await Owner.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Address(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.MaxAutoPrepare == 0)
        {
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        }

        return builder;
    }
}
