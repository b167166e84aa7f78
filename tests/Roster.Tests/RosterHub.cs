using System.Collections.Concurrent;
using System.Diagnostics;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Roster.Tests;

/// <summary>A district with its API, asked as somebody with some permissions.</summary>
internal sealed class RosterHub : IAsyncDisposable
{
    private static readonly string[] All =
    [
        "roster.read", "roster.demographics.read", "roster.runs.read", "roster.runs.decide", "roster.supplement",
        "roster.custody.read", "roster.quality.read", "roster.override", "roster.match", "roster.figures.read",
        "roster.link", "roster.privacy.read", "roster.hold", "roster.erasure.request", "roster.erasure.approve",
        "roster.directory.read", "roster.directory.name", "roster.directory.opt_out", "roster.contact.read",
        "roster.amendments.read", "roster.amendments.request", "roster.amendments.decide",
        "roster.amendments.read", "roster.amendments.request", "roster.amendments.decide", "roster.retention.set",
        "roster.retention.approve",
    ];

    private readonly ServiceProvider services;
    private readonly RequestExecutor executor;

    private RosterHub(TestDistrict district, ServiceProvider services, RequestExecutor executor) =>
        (District, this.services, this.executor) = (district, services, executor);

    public TestDistrict District { get; }

    public PeopleMatching Matching => services.GetRequiredService<PeopleMatching>();

    public FieldOverrides Overrides => services.GetRequiredService<FieldOverrides>();

    public IViewerGrants Grants => services.GetRequiredService<IViewerGrants>();

    /// <summary>Makes the tables that hubs have besides those of the roster.</summary>
    public Task ApplySchemaAsync() =>
        services.GetRequiredService<DocumentStore>().ApplySchemaAsync(TestContext.Current.CancellationToken);

    /// <summary>The API of a district that has taken a package in.</summary>
    public static async Task<RosterHub> WithAsync(Package package, params (string Key, string Value)[] settings) =>
        Of(await TestDistrict.CreateAsync(package), settings: settings);

    /// <summary>The API of a district, which goes with it.</summary>
    public static RosterHub Of(
        TestDistrict district, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(one => one.Key, string? (one) => one.Value)).Build();
        var services = new ServiceCollection().AddSingleton(time ?? TimeProvider.System).AddLogging();
        // As the program does for the folders of its settings.
        services.AddSingleton(new RosterSourceNames(
            [.. configuration.GetSection("OneRoster:Folders").GetChildren().Select(folder => folder.Key)]));
        var hub = new HubBuilder(services, configuration).AddOneRoster().AddRoster()
            .Store(district.KeepKeys)
            // The accounts there are begin with zeros.
            .Known("account", "select id from unnest($2::uuid[]) id where $1::smallint = 1 and id::text like '0000%'");
        hub.Register(_ => new(TestDatabase.ApplicationOf(district.ConnectionString), district.ConnectionString));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        return new(district, services.BuildServiceProvider(), graphQL.Build());
    }

    /// <summary>Runs a job once.</summary>
    public async Task<OutboxResult> RunAsync<TJob>()
        where TJob : class, IJob
    {
        await using var scope = services.CreateAsyncScope();
        var run = new JobRun(TestDistrict.Id, default, null, null!);
        return await scope.ServiceProvider.GetRequiredService<TJob>()
            .RunAsync(run, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a message once.</summary>
    public async Task<OutboxResult> SendAsync<TMessage, THandler>(TMessage message)
        where THandler : class, IOutboxHandler<TMessage>
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<THandler>().SendAsync(
            message, new(1, TestDistrict.Id, "", "", default, 1, 8, new()), TestContext.Current.CancellationToken);
    }

    /// <summary>Erases somebody as the command line does.</summary>
    public async Task<ErasureEntry?> EraseAsync(Guid person)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PersonErasure>().EraseAsync(
            TestDistrict.Id, person, "request 17", "cli:test", TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to a query, or the first of a subscription, as JSON.</summary>
    public async Task<string> AskAsync(string query, params string[] permissions)
    {
        var user = Viewer.Principal("test", TestDistrict.Id, permissions.Length == 0 ? All : permissions);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user);
        var request = GraphQLRequest.FromText(query, scope.ServiceProvider) with { User = user };
        await foreach (var result in executor.StreamAsync(request, TestContext.Current.CancellationToken))
        {
            using (result) return result.ToJson();
        }

        throw new InvalidOperationException("There was no answer.");
    }

    /// <summary>The answer to somebody else who may do everything.</summary>
    public Task<string> AskAsAsync(string who, string query) =>
        AskAsync(Viewer.Of(Viewer.Principal(who, TestDistrict.Id, All)), query);

    /// <summary>The answer to somebody whose permissions go as far as they go.</summary>
    public async Task<string> AskAsync(Viewer viewer, string query)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = viewer;
        var request = GraphQLRequest.FromText(query, scope.ServiceProvider) with { User = viewer.ToPrincipal() };
        using var result = await executor.ExecuteAsync(request, TestContext.Current.CancellationToken);
        return result.ToJson();
    }

    /// <summary>How many messages with statements the database was sent to answer a query.</summary>
    public async Task<int> MessagesOfAsync(string query) =>
        (await StatementsOfAsync(() => AskAsync(query))).Count;

    /// <summary>The statements of those messages, asked for the second time.</summary>
    public async Task<IReadOnlyCollection<string>> StatementsOfAsync(Func<Task<string>> ask)
    {
        await ask();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Opening a connection is an activity too, without a text.
                var ours = activity.Tags.Any(tag => tag.Value == District.Database);
                var text = activity.Tags.FirstOrDefault(tag => tag.Key == "db.query.text").Value;
                if (ours && text is not null) statements.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await ask();
        return statements;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await District.DisposeAsync();
    }
}
