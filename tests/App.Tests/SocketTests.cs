using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests;

/// <summary>What Hosting promises to the modules that plug into it.</summary>
public sealed class SocketTests
{
    private static readonly Guid BusTwelve = Guid.Parse("b0000000-0000-0000-0000-000000000012");

    [Fact]
    public void A_policy_that_nobody_declared_stops_the_start()
    {
        var schema = new SchemaBuilder()
            .ExtendObject("Query", new FieldDefinition("buses", "String") { Policy = "buses.reed", Resolver = Nothing })
            .Build().GetSchemaOrThrow();
        var permissions = new PermissionCatalog();
        permissions.Declare("buses.read", "Read buses.");

        var stopped = Assert.Throws<InvalidOperationException>(() => DeclaredPolicies.Check(schema, permissions));

        Assert.Contains("Query.buses asks for buses.reed", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_did_not_sign_in_has_no_district_and_no_permission()
    {
        var nobody = Viewer.Of(new ClaimsPrincipal());

        Assert.False(nobody.May("buses.read"));
        Assert.Throws<InvalidOperationException>(() => new ViewerScope { Viewer = nobody }.District);
    }

    [Fact]
    public void Who_signed_in_has_what_was_granted_and_nothing_else()
    {
        var viewer = Viewer.Of(Viewer.Principal("ms-reyes", new DistrictId(7), ["buses.read"]));

        Assert.Equal(("ms-reyes", new DistrictId(7)), (viewer.Id, viewer.District));
        Assert.True(viewer.May("buses.read"));
        Assert.False(viewer.May("buses.write"));
    }

    [Fact]
    public void A_setting_out_of_its_range_is_named_at_start()
    {
        var settings = new Dictionary<string, string?> { ["Buses:Seats"] = "0" };
        var hub = new HubBuilder(
            new ServiceCollection(), new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        var refused = Assert.Throws<ValidationException>(() => hub.Settings<BusSettings>("Buses"));

        Assert.Contains("Seats", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_sees_the_rows_of_her_district_only_and_cannot_write_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = Services(database.ConnectionString);
        var store = services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(HubProcess.Ct);
        await using (var insert = store.OwnerDataSource.CreateCommand(
            $"""
            insert into yard.buses_v1 (tenant_id, id, name)
            values (7, '{BusTwelve}', 'Bus 12'), (8, '{BusTwelve}', 'Not ours')
            """))
        {
            await insert.ExecuteNonQueryAsync(HubProcess.Ct);
        }

        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal("ms-reyes", new DistrictId(7), ["buses.read"]));
        var rows = scope.ServiceProvider.GetRequiredService<Rows>();

        Assert.Equal(["Bus 12"], await rows.Of<BusRow>().Select(bus => bus.Name).ToListAsync(HubProcess.Ct));
        Assert.Throws<NotSupportedException>(() => rows.Open().SaveChanges());
    }

    private static readonly FieldResolver Nothing = new PureResolver(_ => null);

    private static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        new HubBuilder(services, new ConfigurationBuilder().Build())
            .Store(store => store.Tables.Add<BusRow>("yard.buses", 1, table => table.Key(bus => bus.Id)))
            .Access<BusRow>("buses.read")
            .Register(_ => new(TestDatabase.ApplicationOf(connectionString), connectionString));
        return services.BuildServiceProvider();
    }

    private sealed record BusRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class BusSettings
    {
        [Range(1, 90)]
        public int Seats { get; init; } = 48;
    }
}
