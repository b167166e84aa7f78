using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.Roster;
using K12Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>A district that answers OneRoster on loopback, asked by a client of its settings.</summary>
internal sealed class ProviderHub : IAsyncDisposable
{
    public const string Secret = "correct-horse-battery-staple-0123456789";

    private static readonly string[] tables =
    [
        "organizations", "academic_sessions", "courses", "classes", "people", "person_roles", "enrollments",
        "demographics",
    ];

    private readonly WebApplication app;
    private readonly RequestExecutor api;
    private readonly TestDatabase database;
    private readonly bool ownsDatabase;
    private readonly DirectoryInfo keys;

    private ProviderHub(
        WebApplication app, RequestExecutor api, TestDatabase database, DirectoryInfo keys, bool ownsDatabase) =>
        (this.app, this.api, this.database, this.keys, this.ownsDatabase) = (app, api, database, keys, ownsDatabase);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.First();

    public string Base => Address + OneRosterProviderConnector.BasePath;

    public string TokenUrl => Address + OneRosterProviderConnector.TokenPath;

    public DocumentStore Store => app.Services.GetRequiredService<DocumentStore>();

    public static Task<ProviderHub> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(TimeProvider.System, settings);

    public static async Task<ProviderHub> StartAsync(
        TimeProvider time, params (string Name, string Value)[] settings)
    {
        var hub = await StartAsync(
            await TestDatabase.CreateAsync(), Directory.CreateTempSubdirectory("k12hub-keys-"), true, time, settings);
        await hub.Store.ApplySchemaAsync(Ct);
        await hub.app.Services.GetRequiredService<SourcedIdOrder>().MakeAsync(Ct);
        return hub;
    }

    /// <summary>Another node of the same district.</summary>
    public Task<ProviderHub> AnotherAsync(params (string Name, string Value)[] settings) =>
        StartAsync(database, keys, false, TimeProvider.System, settings);

    /// <summary>Takes a folder or zip in.</summary>
    public async Task<ImportOutcome> ImportAsync(string package)
    {
        var findings = new CollectedFindings();
        var opening = await OneRosterCsv.OpenAsync(package, new(), findings, Ct);
        return await ImportAsync(opening, findings);
    }

    /// <summary>Takes in what a server has.</summary>
    public async Task<ImportOutcome> ImportAsync(OneRoster.RestSourceSettings from, DateTimeOffset? since = null)
    {
        var findings = new CollectedFindings();
        var opening = await OneRosterRest.OpenAsync(
            from, new(), new(Since: since), findings, TimeProvider.System, Ct);
        return await ImportAsync(opening, findings);
    }

    /// <summary>How our own client asks this hub.</summary>
    public OneRoster.RestSourceSettings AsSource() => new()
    {
        BaseUrl = Base, TokenUrl = TokenUrl, ClientId = "reader", ClientSecret = Secret, AllowLoopback = true,
        Demographics = true, PageSize = 100,
    };

    /// <summary>Every record with its hash, and whether it has ended.</summary>
    public Task<List<string>> RosterAsync() => ListAsync(string.Join(" union all ", tables.Select(table =>
        $"select '{table} ' || id || ' ' || row_hash || (ended_at is null) from roster.{table}"))
        + " order by 1");

    public async Task<List<string>> ListAsync(string sql)
    {
        var all = new List<string>();
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        while (await rows.ReadAsync(Ct)) all.Add(rows.GetValue(0).ToString()!);
        return all;
    }

    /// <summary>The API's answer to somebody of the office.</summary>
    public async Task<string> AskAsync(string document)
    {
        var viewer = Viewer.OfClient("office", 1, app.Services.GetRequiredService<PermissionCatalog>().All.Keys);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = viewer;
        var request = GraphQLRequest.FromText(document, scope.ServiceProvider) with { User = viewer.ToPrincipal() };
        using var result = await api.ExecuteAsync(request, Ct);
        return result.ToJson();
    }

    /// <summary>A client that has a token.</summary>
    /// <param name="scope">What it asks for; null for all it may.</param>
    public async Task<HttpClient> ClientAsync(string? scope = null)
    {
        using var asking = new HttpClient();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "reader", ["client_secret"] = Secret,
        };
        if (scope is not null) form["scope"] = scope;
        using var content = new FormUrlEncodedContent(form);
        using var answer = await asking.PostAsync(new Uri(TokenUrl), content, Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        var client = new HttpClient { BaseAddress = new Uri(Base + "/") };
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer", json.RootElement.GetProperty("access_token").GetString());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (!ownsDatabase) return;

        await database.DisposeAsync();
        keys.Delete(recursive: true);
    }

    private static async Task<ProviderHub> StartAsync(
        TestDatabase database, DirectoryInfo keys, bool ownsDatabase, TimeProvider time,
        (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(settings));
        builder.Services.AddSingleton(time);
        var hub = new HubBuilder(builder.Services, builder.Configuration)
            .AddOneRoster().AddOneRosterProvider().AddRoster().Store(options =>
            {
                options.KeyRing = new FileKeyRing(keys.FullName, TimeProvider.System);
                options.ErasureLedger = new FileErasureLedger(Path.Combine(keys.FullName, "erasures.log"));
            });
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        var app = builder.Build();
        app.MapOneRosterProvider();
        await app.StartAsync(Ct);
        return new(app, graphQL.Build(), database, keys, ownsDatabase);
    }

    private static Dictionary<string, string?> Settings((string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Roster:Sources:sis:GraceDays"] = "0",

            // The nodes of a test class count together what its tests ask in a minute.
            ["OneRoster:Provider:TokensPerMinute"] = "1000",
            ["OneRoster:Provider:RequestsPerMinute"] = "100000",
            ["OneRoster:Provider:Clients:reader:SecretHash"] =
                Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret))),
            ["OneRoster:Provider:Clients:reader:Scopes"] = "roster.readonly roster-core.readonly "
                + "roster-demographics.readonly",
        };
        foreach (var (name, value) in settings) all[name] = value;
        return all;
    }

    private async Task<ImportOutcome> ImportAsync(RosterOpening opening, CollectedFindings findings)
    {
        Assert.Empty(opening.Rejections);
        await using var source = opening.Source!;
        var import = app.Services.GetRequiredService<RosterImport>();
        var outcome = await import.RunAsync(new DistrictId(1), source, findings, new(), null, Ct);
        if (outcome is not { Status: ImportStatus.Held, Run: { } run }) return outcome;

        var runs = app.Services.GetRequiredService<RosterRuns>();
        await runs.ApplyAsync(new DistrictId(1), run, null, Ct);
        return outcome with { Status = ImportStatus.Applied };
    }
}
