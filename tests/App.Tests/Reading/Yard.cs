using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Reading;

/// <summary>A yard of buses in a database, read through EF alone and through compiled queries.</summary>
internal sealed class Yard : IAsyncDisposable
{
    public const int Buses = 40;

    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;

    private Yard(TestDatabase database, ServiceProvider services)
    {
        (this.database, this.services) = (database, services);
        scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal(
                "ms-reyes", new DistrictId(7),
                ["yard.read", "outbox.read", "jobs.read", "policy.read", "audit.read", "breakGlass.read"]));
    }

    public CompiledQueries Compiled => services.GetRequiredService<CompiledQueries>();

    public static async Task<Yard> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var collection = new ServiceCollection();
        new HubBuilder(collection, new ConfigurationBuilder().Build())
            .Store(store => store.Tables.Add<Bus>("yard.buses", 1, table => table.Key(bus => bus.Id)))
            .Store(store => store.Tables.Add<Depot>("yard.depots", 1, table => table.Key(depot => depot.Id)))
            .Access<Bus>("yard.read")
            .Access<Depot>("yard.read")
            .Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        var services = collection.BuildServiceProvider();
        var store = services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(HubProcess.Ct);
        await using var fill = store.OwnerDataSource.CreateCommand(
            $"""
            insert into yard.depots_v1 (tenant_id, id, name)
            select 7, md5('depot' || n)::uuid, 'Depot ' || n from generate_series(1, 3) n;
            insert into yard.buses_v1 (tenant_id, id, name, line, seats, note, depot_id)
            select t, md5('bus' || n)::uuid, 'Bus ' || n % 9, 'Line ' || n % 4, n % 5 * 10,
                   case when n % 3 = 0 then 'Note ' || n end, case when n % 4 > 0 then md5('depot' || n % 4)::uuid end
            from generate_series(1, {Buses}) n, unnest(array[7, 8]) t;
            """);
        await fill.ExecuteNonQueryAsync(HubProcess.Ct);
        return new Yard(database, services);
    }

    /// <summary>Rows that EF compiles once per shape.</summary>
    public RowsContext Rows() => scope.ServiceProvider.GetRequiredService<Rows>().Open();

    /// <summary>What loaders read from.</summary>
    public Rows Tables => scope.ServiceProvider.GetRequiredService<Rows>();

    /// <summary>Rows as EF alone reads them.</summary>
    public RowsContext Plain() => services.GetRequiredService<IDbContextFactory<RowsContext>>().CreateDbContext()
        .In(new DistrictId(7), services.GetRequiredService<ReadingConnections>());

    /// <summary>One more bus, in the district whose rows are read.</summary>
    public async Task AddAsync(string name, string line)
    {
        await using var add = services.GetRequiredService<DocumentStore>().OwnerDataSource.CreateCommand(
            "insert into yard.buses_v1 (tenant_id, id, name, line, seats) values (7, md5($1 || $2)::uuid, $1, $2, 0)");
        add.Parameters.Add(new() { Value = name });
        add.Parameters.Add(new() { Value = line });
        await add.ExecuteNonQueryAsync(HubProcess.Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}

internal sealed record Bus
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Line { get; init; } = "";

    public int Seats { get; init; }

    public string? Note { get; init; }

    public Guid? DepotId { get; init; }
}

internal sealed record Depot
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";
}
