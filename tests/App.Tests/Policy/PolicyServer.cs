using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using K12Hub.Accounts;
using K12Hub.App.Tests.Faults;
using K12Hub.District;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Roster;
using K12Hub.StaffDirectory;
using K12Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.App.Tests.Policy;

/// <summary>The API over HTTP, over two districts whose records have the same ids, asked by somebody in each role.
/// Every name of the second district is <see cref="Elsewhere"/>.</summary>
internal sealed class PolicyServer : IAsyncDisposable
{
    public const string Elsewhere = "Elsewhere";

    private static readonly DistrictId District = new(1);

    // The second district gets what was imported first, with its ids. Nothing of it may be seen from the first.
    private const string MoveToSecond =
        $"""
        set session_replication_role = replica;
        do $$ declare t regclass; begin
          for t in select x from es.guarded_tables() x loop execute format('update %s set tenant_id = 2', t); end loop;
        end $$;
        update roster.people_v1 set family_name = '{Elsewhere}', given_name = '{Elsewhere}';
        update roster.organizations_v1 set name = '{Elsewhere}';
        update roster.classes_v1 set title = '{Elsewhere}';
        reset session_replication_role
        """;

    private readonly TestDatabase database;
    private readonly Folders folders = new();
    private readonly Dictionary<string, Viewer> viewers = new(StringComparer.Ordinal);
    private WebApplication? app;
    private HttpClient? client;

    private PolicyServer(TestDatabase database) => this.database = database;

    public Schema Schema => ((RequestExecutor)Services.GetRequiredService<IRequestExecutor>()).Schema;

    public IServiceProvider Services => app!.Services;

    /// <summary>The school of whoever has a role for a school.</summary>
    public Guid School { get; private set; }

    /// <summary>A guardian and her children.</summary>
    public IReadOnlyList<Guid> Family { get; private set; } = [];

    private static CancellationToken Ct => HubProcess.Ct;

    public static async Task<PolicyServer> StartAsync()
    {
        var server = new PolicyServer(await TestDatabase.CreateAsync());
        await server.ServeAsync();
        var store = server.Services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(Ct);
        await server.FillAsync(store);
        await server.ExecuteAsync(MoveToSecond);
        await server.FillAsync(store);
        await server.ExecuteAsync("update es.outbox set dead_at = now(), error = 'unreachable'");
        await server.CastAsync();
        return server;
    }

    /// <summary>What the server wrote down for its operators.</summary>
    public LogLines Log { get; } = new();

    public Action<string>? Heard { get; set; } // Told of every answer, with its headers.

    /// <summary>Lets somebody ask under a name.</summary>
    public void Enter(string name, Viewer viewer) => viewers[name] = viewer;

    /// <summary>The answer to somebody in a role.</summary>
    public async Task<JsonNode> AskAsync(string role, string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = document }),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        return await SendAsync(role, request);
    }

    /// <summary>The answer to a mutation that takes a file.</summary>
    public async Task<JsonNode> UploadAsync(string role, string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new MultipartFormDataContent
        {
            { new StringContent(Operations(document)), "operations" },
            { new StringContent("""{"0":["variables.file"]}"""), "map" },
            { new ByteArrayContent([1]), "0", "roster.zip" },
        };
        request.Headers.Add("GraphQL-Preflight", "1");
        return await SendAsync(role, request);
    }

    /// <summary>All events of a subscription that ends by itself.</summary>
    public async Task<string> SubscribeAsync(string role, string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = document }),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("As", role);
        using var response = await client!.SendAsync(request, Ct);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    /// <summary>The status of a route.</summary>
    public async Task<HttpStatusCode> GetAsync(string role, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("As", role);
        using var response = await client!.SendAsync(request, Ct);
        return response.StatusCode;
    }

    /// <summary>Rows of a statement, as its owner sees them.</summary>
    public async Task<List<object?[]>> RowsAsync(string sql)
    {
        await using var command = Services.GetRequiredService<DocumentStore>().OwnerDataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader[i])]);
        }

        return rows;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Services.GetRequiredService<DocumentStore>().OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (app is not null) await app.StopAsync(CancellationToken.None);
        if (app is not null) await app.DisposeAsync();

        await database.DisposeAsync();
        folders.Dispose();
    }

    private static string Operations(string document) => new JsonObject
    {
        ["query"] = document, ["variables"] = new JsonObject { ["file"] = null },
    }.ToJsonString();

    private async Task<JsonNode> SendAsync(string role, HttpRequestMessage request)
    {
        request.Headers.Add("As", role);
        using var response = await client!.SendAsync(request, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Heard?.Invoke($"{response.Headers}{response.Content.Headers}{body}");
        return JsonNode.Parse(body)!;
    }

    private async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new HubBuilder(builder.Services, builder.Configuration).AddModules();
        hub.KeepKeysIn(folders.Data);
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        hub.AddTo(builder.Services.AddGraphQL());
        app = builder.Build();
        app.Use((context, next) =>
        {
            var viewer = viewers.GetValueOrDefault(context.Request.Headers["As"].ToString(), Viewer.Nobody);
            context.User = viewer.District is null ? new ClaimsPrincipal() : viewer.ToPrincipal();
            context.RequestServices.GetRequiredService<ViewerScope>().Viewer = viewer;
            return next(context);
        });
        app.UseRouting();
        app.UseRoutePolicies();
        app.MapGraphQL().OpenToAll("Each field asks for its permission.");
        app.MapQualityDownload();
        app.MapPersonDownload();
        await app.StartAsync(Ct);
        DeclaredPolicies.Check(Schema, app.Services);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    private async Task FillAsync(DocumentStore store)
    {
        var package = folders.New($"district-{Guid.NewGuid():N}.zip");
        await OneRosterCsvWriter.WriteZipAsync(new DistrictPlan(400), "1.2", package, Ct);
        using var import = HubProcess.Start(
            ["roster", "import", package, "--data", folders.Data],
            ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString));
        await import.EndAsync();
        Assert.True(import.ExitCode == 0, import.Errors);
        var settled = await store.Feed.SettledAsync(District, Ct);
        store.Daemon.StartAll();
        await store.WaitForNonStaleDataAsync(District, settled, TimeSpan.FromMinutes(2), Ct);
        await store.Daemon.StopAllAsync();
        await ExecuteAsync("update roster.movements_v1 set is_baseline = false, from_school_id = to_school_id");
        await ExecuteAsync($"{SomeMatches.Sql}; {SomeAmendments.Sql}");
        await ExecuteAsync(
            """
            insert into roster.field_overrides_v1
              (tenant_id, id, person_id, field, value, reason, overridden_by, overridden_at, until)
            select 1, md5(id::text)::uuid, id, 'phone', '555-0777', 'It rings.', 'reyes', '2026-11-01', '2099-01-01'
              from roster.people_v1 where tenant_id = 1 and is_student order by sourced_id limit 40
            """);
        await ExecuteAsync(SomeDirectory.Sql);
        await ExecuteAsync(
            """
            insert into accounts.accounts_v1
              (tenant_id, id, sign_in_name, name, state, is_first_administrator, has_second_factor, created_at,
               stream_version)
            select 1, gen_random_uuid(), 'one ' || n, 'One', 'active', false, false, '2026-11-01', 1
              from generate_series(1, 3) n
            """);
        await using var session = store.LightweightSession(District);
        for (var i = 0; i < 3; i++)
        {
            session.Outbox.Publish("mail.send", $"given up {i}", new { To = "ana" });
            session.Events.StartStream<Grant>(Guid.CreateVersion7(), new GrantEvent.Given(
                Guid.CreateVersion7(), "auditor", [], [], DateTimeOffset.UtcNow, null, "Audits."));
            session.Events.StartStream<BreakGlass>(Guid.CreateVersion7(), MutationSample.SomeBreakGlass());
            session.Events.StartStream<AccountLink>(
                Guid.CreateVersion7(), new AccountLinkEvent.Linked(Guid.CreateVersion7(), Guid.CreateVersion7()));
            var person = Guid.CreateVersion7();
            session.Events.StartStream<LegalHold>(LegalHold.IdOf(person, 0), new LegalHoldEvent.Placed(
                person, "case 9", "okafor", DateTimeOffset.UtcNow));
            session.Events.StartStream<ErasureRequest>(
                ErasureRequest.IdOf(person), MutationSample.SomeErasure(person));
            session.Events.StartStream<Area>(
                Area.IdOf($"buses-{i}"), new AreaEvent.Described($"buses-{i}", "en", "Buses", null, ["late bus"]));
            session.Events.StartStream<Alert>(
                Guid.CreateVersion7(), new AlertEvent.Raised(AlertKind.RunHeld, "sis", null, DateTimeOffset.UtcNow));
            session.Events.StartStream<ApiToken>(Guid.CreateVersion7(), MutationSample.SomeToken($"{i}"));
        }

        await session.SaveChangesAsync(Ct);
        await store.Jobs.RegisterAsync(District, "nightly", "nightly", "0 0 3 * * ?", "Etc/UTC", declared: true, Ct);
    }

    /// <summary>Somebody in each role: for the district where it is given for one, for one school, for one
    /// family.</summary>
    private async Task CastAsync()
    {
        School = (Guid)(await RowsAsync(
            """
            select school_id from roster.people_v1 where tenant_id = 1 and is_student
             group by 1 order by count(*), 1 limit 1
            """))[0][0]!;
        var guardian = (await RowsAsync(
            $"""
            select r.guardian_id from roster.relations_v1 r
              join roster.people_v1 p on (p.tenant_id, p.id) = (1, r.student_id)
             where r.tenant_id = 1 and p.school_id <> '{School}' and p.id in
                   (select person_id from roster.field_overrides_v1 where tenant_id = 1)
             order by 1 limit 1
            """))[0][0];
        var children = await RowsAsync(
            $"select student_id from roster.relations_v1 where tenant_id = 1 and guardian_id = '{guardian}'");
        Family = [(Guid)guardian!, .. children.Select(row => (Guid)row[0]!)];
        await ExecuteAsync(
            $"""
            update policy.break_glass_v2 set topic_id = '{School}' where tenant_id = 1
               and id = (select id from policy.break_glass_v2 where tenant_id = 1 order by id limit 1)
            """);
        var roles = Services.GetRequiredService<RoleCatalog>();
        foreach (var role in Roles.All)
            viewers[role.Name] = role == Roles.Anonymous
                ? Viewer.Nobody
                : Viewer.Of(role.Name, District, roles.Reaches(role, ScopeOf(role)));
    }

    private Reach ScopeOf(Role role) =>
        role == Roles.Family ? Reach.Of(Family)
        : (role.GivenFor & GrantScope.Schools) != 0 ? Reach.AtSchools(School)
        : (role.GivenFor & GrantScope.Topics) != 0 ? Reach.InTopics(School)
        : Reach.District;
}
