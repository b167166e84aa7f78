using System.Text.Json;
using K12Hub.Accounts;
using K12Hub.App.Tests.Faults;
using K12Hub.District;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Roster;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Tenancy;

/// <summary>The whole program over two districts that both have something of everything, asked by people who may do
/// everything in their own.</summary>
internal sealed class TwoDistricts : IAsyncDisposable
{
    public static readonly DistrictId Lincoln = new(1);
    public static readonly DistrictId Oak = new(2);

    // An import goes to the first district. The second gets what was imported first, under ids of its own: those of a
    // roster are made of the source's keys, which may be the same everywhere.
    private const string MoveToOak =
        """
        set session_replication_role = replica;
        do $$
        declare
          found_table regclass;
          ids         text;
        begin
          for found_table in select t from es.guarded_tables() t loop
            select string_agg(case a.atttypid
                     when 'uuid'::regtype then format(', %1$I = md5(%1$I || ''oak'')::uuid', a.attname)
                     else format(', %1$I = array(select md5(i || ''oak'')::uuid from unnest(%1$I) i)', a.attname)
                   end, '') into ids
              from pg_attribute a
             where a.attrelid = found_table and a.attnum > 0 and not a.attisdropped
               and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype);
            execute format('update %s set tenant_id = 2 %s', found_table, ids);
          end loop;
        end $$;
        reset session_replication_role
        """;

    private readonly Folders folders = new();
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly RequestExecutor executor;
    private readonly IReadOnlyList<string> permissions;

    private TwoDistricts(TestDatabase database)
    {
        this.database = database;
        var collection = new ServiceCollection().AddSingleton(TimeProvider.System);
        var hub = new HubBuilder(collection, new ConfigurationBuilder().Build()).AddModules();
        hub.KeepKeysIn(folders.Data);
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        executor = graphQL.Build();
        services = collection.BuildServiceProvider();
        permissions = [.. services.GetRequiredService<PermissionCatalog>().All.Keys];
    }

    public Schema Schema => executor.Schema;

    /// <summary>The rows of which is written down who reads them.</summary>
    public IReadOnlyCollection<Type> Watched => services.GetRequiredService<AccessRules>().Watched;

    private static CancellationToken Ct => HubProcess.Ct;

    private DocumentStore Store => services.GetRequiredService<DocumentStore>();

    public static async Task<TwoDistricts> OpenAsync()
    {
        var both = new TwoDistricts(await TestDatabase.CreateAsync());
        await both.Store.ApplySchemaAsync(Ct);
        await both.ImportAsync(new DistrictPlan(100, Seed: 1));
        await both.FollowAsync();
        await both.SayOtherwiseAsync();
        await both.ExecuteAsync(MoveToOak);
        await both.ImportAsync(new DistrictPlan(100, Seed: 2));
        await both.FollowAsync();
        await both.SayOtherwiseAsync();
        foreach (var district in new[] { Lincoln, Oak })
        {
            // As many as there are things to be done about one, which it is gone for afterwards.
            await using var session = both.Store.LightweightSession(district);
            for (var i = 0; i < 5; i++) session.Outbox.Publish("mail.send", $"given up {i}", new { To = "ana" });
            session.Events.StartStream<Alert>(
                Guid.CreateVersion7(), new AlertEvent.Raised(AlertKind.RunHeld, "sis", null, DateTimeOffset.UtcNow));
            for (var i = 0; i < 5; i++)
            {
                session.Events.StartStream<BreakGlass>(Guid.CreateVersion7(), MutationSample.SomeBreakGlass());
            }

            session.Events.StartStream<ApiToken>(
                Guid.CreateVersion7(), MutationSample.SomeToken($"hash {district.Value}"));
            await session.SaveChangesAsync(Ct);
            await both.DiscloseAsync(district);
            await both.Store.Jobs.RegisterAsync(
                district, $"nightly-{district.Value}", "nightly", "0 0 3 * * ?", "Etc/UTC", declared: true, Ct);
        }

        await both.ExecuteAsync("update es.outbox set dead_at = now(), error = 'unreachable'");
        return both;
    }

    /// <summary>Has it on record that something of every student of a district went to somebody.</summary>
    private async Task DiscloseAsync(DistrictId district)
    {
        await using var find = Store.OwnerDataSource.CreateCommand(
            "select array_agg(id order by id) from roster.people_v1 where tenant_id = $1 and is_student");
        find.Parameters.Add(new() { Value = district.Value });
        var students = (Guid[])(await find.ExecuteScalarAsync(Ct))!;
        const string ToWhom = """{"party":"a college","interest":"admission","basis":"consent"}""";
        await Store.Audit.WriteAsync(
            district,
            new(AuditKind.Disclosure, "export", "export")
            {
                At = DateTimeOffset.UtcNow, Actor = "ms-reyes", Students = students, Detail = ToWhom,
            },
            Ct);
    }

    /// <summary>The answer, to somebody of a district.</summary>
    public async Task<string> AskAsync(DistrictId district, string document)
    {
        var user = Viewer.Principal("ms-reyes", district, permissions);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user);
        var request = GraphQLRequest.FromText(document, scope.ServiceProvider) with { User = user };
        using var result = await executor.ExecuteAsync(request, Ct);
        return result.ToJson();
    }

    /// <summary>The ids of all objects that somebody of a district finds in lists, by type.</summary>
    public async Task<ILookup<string, string>> IdsAsync(DistrictId district)
    {
        var found = new HashSet<(string Type, string Id)>();
        foreach (var listing in Schema.QueryType.Fields.Select(IdPlaces.Listing).OfType<string>())
        {
            var answer = JsonElement.Parse(await AskAsync(district, listing));
            Assert.False(answer.TryGetProperty("errors", out var errors), $"{listing}: {errors}");
            Collect(answer, found);
        }

        return found.Where(one => Schema.FindType(one.Type) is ObjectType type
                && type.Interfaces.Any(i => i.Name == "Node"))
            .ToLookup(one => one.Type, one => one.Id);
    }

    /// <summary>All rows of a district: table by table a hash, so that what differs says where.</summary>
    public async Task<List<string>> RowsAsync(DistrictId district)
    {
        await using var tables = Store.OwnerDataSource.CreateCommand(
            $"""
            select string_agg(format('select concat(%L, md5(string_agg(x::text, chr(10) order by x::text))) from %s x '
              || 'where tenant_id = {district.Value}', t || ' ', t), ' union all ' order by t::text)
              from es.guarded_tables() t
            """);
        var statement = (string)(await tables.ExecuteScalarAsync(Ct))!;
        await using var ask = Store.OwnerDataSource.CreateCommand(statement);
        await using var hashes = await ask.ExecuteReaderAsync(Ct);
        var all = new List<string>();
        while (await hashes.ReadAsync(Ct)) all.Add(hashes.GetString(0));
        return all;
    }

    /// <summary>Has the projections in the background follow what was imported, and stand still again.</summary>
    private async Task FollowAsync()
    {
        var settled = await Store.Feed.SettledAsync(Lincoln, Ct);
        Store.Daemon.StartAll();
        await Store.WaitForNonStaleDataAsync(Lincoln, settled, TimeSpan.FromMinutes(2), Ct);
        await Store.Daemon.StopAllAsync();

        // Who is in the first roster has not moved yet, and a list of nobody would tell nothing.
        await ExecuteAsync("update roster.movements_v1 set is_baseline = false, from_school_id = to_school_id");
    }

    /// <summary>An id of the same type that nothing has.</summary>
    public static string Unknown(string id)
    {
        var (type, key) = Split(id);
        object nobody = Guid.TryParse(key, out _) ? new Guid("00000000-0000-4000-8000-00000000dead")
            : long.TryParse(key, out _) ? 987_654_321L
            : "nobody";
        return NodeId.Encode(type, nobody)!;
    }

    /// <summary>An answer without the id that was asked for.</summary>
    public static string Without(string answer, string id)
    {
        var (key, rest) = (Split(id).Key, answer.Replace(id, "…", StringComparison.Ordinal));

        // A short number is in anything.
        return Guid.TryParse(key, out _) ? rest.Replace(key, "…", StringComparison.Ordinal) : rest;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        folders.Dispose();
    }

    /// <summary>The type whose id it is.</summary>
    public static string TypeOf(string id) => Split(id).Type;

    private static (string Type, string Key) Split(string id)
    {
        var text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(id));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return (text[..colon], text[(colon + 1)..]);
    }

    private static void Collect(JsonElement json, HashSet<(string Type, string Id)> found)
    {
        if (json.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray()) Collect(item, found);
        }
        else if (json.ValueKind is JsonValueKind.Object)
        {
            if (json.TryGetProperty("__typename", out var type) && json.TryGetProperty("id", out var id))
            {
                found.Add((type.GetString()!, id.ToString()));
            }

            foreach (var property in json.EnumerateObject()) Collect(property.Value, found);
        }
    }

    private async Task ImportAsync(DistrictPlan plan)
    {
        var package = folders.New($"district-{plan.Seed}.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, "1.2", package, Ct);
        using var import = HubProcess.Start(
            ["roster", "import", package, "--data", folders.Data],
            ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString));
        await import.EndAsync();
        Assert.True(import.ExitCode == 0, import.Errors);
    }

    /// <summary>What the district whose turn it is says otherwise than its source.</summary>
    private async Task SayOtherwiseAsync()
    {
        await ExecuteAsync($"{SomeMatches.Sql}; {SomeAccount.Sql}");
        var found = JsonElement.Parse(await AskAsync(Lincoln, "{ students(first: 9) { nodes { id } } }"));
        var students = found.GetProperty("data").GetProperty("students").GetProperty("nodes");
        var student = students[0].GetProperty("id");
        var privacy = Enumerable.Range(1, 5).SelectMany(i => new[]
        {
            MutationSample.Holding(student.GetString()!, $"case {i}"),
            MutationSample.Erasing(students[i].GetProperty("id").GetString()!),
            MutationSample.Amending(student.GetString()!, $"Line {i}"),
        });
        var areas = Enumerable.Range(1, 5).Select(i => MutationSample.Describing($"buses-{i}"));
        var overrides = ((string[])["PHONE", "SMS", "PRONOUNS"])
            .Select(field => MutationSample.Overriding(student.GetString()!, field));
        var work = Granting(student.GetString()!).Concat(privacy).Concat(areas).Concat(await AssigningAsync())
            .Concat(overrides);
        foreach (var document in work)
        {
            var answer = await AskAsync(Lincoln, document);
            Assert.Contains("\"errors\":null", answer, StringComparison.Ordinal);
        }
    }

    private async Task<IEnumerable<string>> AssigningAsync()
    {
        var found = JsonElement.Parse(await AskAsync(
            Lincoln, "{ staff(first: 6) { nodes { id } } schools(first: 6) { nodes { id } } }")).GetProperty("data");
        var staff = found.GetProperty("staff").GetProperty("nodes").EnumerateArray();
        var schools = found.GetProperty("schools").GetProperty("nodes");
        var positions = Enumerable.Range(1, 5).Select(i => SomePositions.Describing($"nurse-{i}"));
        var chains = Enumerable.Range(1, 5).Select(i => SomeChains.Setting($"buses-{i}", $"nurse-{i}"))
            .Concat(schools.EnumerateArray().Select(school =>
                SomeChains.Setting("buses-1", "nurse-1", school.GetProperty("id").GetString()!)));
        return positions.Concat(chains).Concat(staff.Select((person, i) => SomePositions.Assigning(
            person.GetProperty("id").GetString()!, "nurse-1",
            schools[i % schools.GetArrayLength()].GetProperty("id").GetString()!)))
            .Concat(SomeAbsences.OfEach([.. staff.Select(person => person.GetProperty("id").GetString()!)]));
    }

    private static IEnumerable<string> Granting(string student) => Enumerable.Range(0, 4).SelectMany(_ =>
        new[] { MutationSample.Granting, MutationSample.Linking(student) });

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
