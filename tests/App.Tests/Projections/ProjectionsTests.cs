using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.App.Tests.Projections;

public sealed class ProjectionsTests : IDisposable
{
    private const string Query =
        """
        { projections { name version mode position lagInEvents deadLetters
          failure { position eventType message } rebuild { step failure } } }
        """;

    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task Whoever_may_sees_how_far_projections_have_come_and_why_one_has_stopped()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = Services(database.ConnectionString, out var executor);
        var store = services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(HubProcess.Ct);
        await StopAsync(store);

        const string Why = "InvalidOperationException in Counts.Evolve.";
        var projection = JsonElement.Parse(await AskAsync(services, executor, ProjectionPermissions.Read))
            .GetProperty("data").GetProperty("projections").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "rides.counts");
        Assert.Equal(
            ["rides.counts", "1", "PAUSED", "1", "1", "0"],
            projection.EnumerateObject().Take(6).Select(field => field.Value.ToString()));
        Assert.Equal(
            ["2", "bus.left", Why],
            projection.GetProperty("failure").EnumerateObject().Select(field => field.Value.ToString()));
        Assert.Equal(
            ["FAILED", $"rides.counts cannot be rebuilt: event bus.left at position 2: {Why}"],
            projection.GetProperty("rebuild").EnumerateObject().Select(field => field.Value.ToString()));
        var refused = JsonElement.Parse(await AskAsync(services, executor, "roster.read"));
        Assert.Equal(
            "AUTH_NOT_AUTHORIZED",
            refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_log_tells_which_event_and_nothing_of_what_is_in_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = Services(database.ConnectionString, out _);
        var store = services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(HubProcess.Ct);
        var lines = new LogLines();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(lines));
        store.Daemon.Troubled += new ProjectionLog(logs.CreateLogger<ProjectionLog>()).Write;
        await StopAsync(store);

        var line = Assert.Single(lines.Written);
        Assert.Equal(
            "Projection rides.counts of district 1 stopped before event bus.left at 2: InvalidOperationException in "
            + "Counts.Evolve. See: projections status, resume, skip.",
            line);
    }

    [Fact]
    public async Task The_verbs_answer_scripts_with_a_code_and_a_line_of_json()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var none = await RunAsync(database, "status", "--json");
        Assert.Equal(ExitCodes.Environment, none.ExitCode);
        Assert.Contains("start K12Hub once", none.Errors, StringComparison.Ordinal);

        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build()).AddModules();
        hub.KeepKeysIn(folders.Data);
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<DocumentStore>().ApplySchemaAsync(HubProcess.Ct);
        }

        using var status = await RunAsync(database, "status", "--json");
        Assert.True(status.ExitCode == 0, status.Errors);
        Assert.Equal("""{"projections":[],"rebuilds":[]}""", status.Output.TrimEnd());
        using var unknown = await RunAsync(database, "rebuild", "nobody.knows", "--json");
        Assert.Equal(ExitCodes.BadInput, unknown.ExitCode);
        Assert.Contains("There is no projection 'nobody.knows'", unknown.Errors, StringComparison.Ordinal);
    }

    /// <summary>Brings a projection to where it stops, and has it rebuilt in vain.</summary>
    private static async Task StopAsync(DocumentStore store)
    {
        await using var session = store.LightweightSession(new DistrictId(1));
        session.Events.Append<Rides.Ride>(
            Bus, ExpectedVersion.Any, new Rides.BusLeft("Main Street"), new Rides.BusLeft("Nowhere"));
        await session.SaveChangesAsync(HubProcess.Ct);
        store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => store.WaitForNonStaleDataAsync(
            new DistrictId(1), null, TimeSpan.FromSeconds(60), HubProcess.Ct));
        await Assert.ThrowsAsync<ProjectionException>(
            () => store.RebuildProjectionAsync("rides.counts", null, HubProcess.Ct));
        await store.Daemon.StopAllAsync();
    }

    private static async Task<string> AskAsync(ServiceProvider services, RequestExecutor executor, string permission)
    {
        var user = Viewer.Principal("ms-reyes", new DistrictId(1), [permission]);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user);
        var request = GraphQLRequest.FromText(Query, scope.ServiceProvider) with { User = user };
        using var result = await executor.ExecuteAsync(request, HubProcess.Ct);
        return result.ToJson();
    }

    private static Task<HubProcess> RunAsync(TestDatabase database, params string[] arguments) => EndedAsync(
        HubProcess.Start(
            ["projections", .. arguments],
            ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString)));

    private static async Task<HubProcess> EndedAsync(HubProcess process)
    {
        await process.EndAsync();
        return process;
    }

    private ServiceProvider Services(string address, out RequestExecutor executor)
    {
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build())
            .Store(Rides.AddTo)
            .Access<Rides.CountRow>("rides.read")
            .Schema(schema => schema.AddAppTypes());
        hub.KeepKeysIn(folders.Data);
        hub.Register(_ => new(TestDatabase.ApplicationOf(address), address));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        executor = graphQL.Build();
        return services.BuildServiceProvider();
    }
}
