using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.Roster;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.StaffDirectory.Tests;

/// <summary>The API over a directory and the roster it is about, with people and places of a test's choice.</summary>
internal sealed class DirectoryHub : IAsyncDisposable
{
    public static readonly DistrictId Lincoln = new(1);
    public static readonly DistrictId Franklin = new(2);

    private static readonly string[] All =
    [
        "directory.find", "directory.areas.edit", "directory.positions.edit", "directory.assignments.read",
        "directory.assignments.edit", "directory.chains.edit", "directory.chains.read", "directory.absences.read",
        "directory.absences.edit",
    ];

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("k12hub-directory-");
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly RequestExecutor executor;
    private int people;

    private DirectoryHub(TestDatabase database)
    {
        this.database = database;
        var collection = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        var hub = Modules(collection, keys.FullName);
        hub.Register(_ => new(TestDatabase.ApplicationOf(database.ConnectionString), database.ConnectionString));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        (services, executor) = (collection.BuildServiceProvider(), graphQL.Build());
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DocumentStore Store => services.GetRequiredService<DocumentStore>();

    public AssignmentDesk Assignments => services.GetRequiredService<AssignmentDesk>();

    public static async Task<DirectoryHub> OpenAsync() => new(await TestDatabase.CreateAsync("directory hub", Prepare));

    /// <summary>Somebody new who works in the district.</summary>
    public async Task<Guid> HireAsync(string name, DistrictId? district = null, bool isStaff = true)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            $"""
            insert into roster.people_v1 (tenant_id, id, source, sourced_id, enabled, user_ids, given_name, family_name,
              agent_ids, grades, role_ids, is_student, is_staff, is_guardian, row_hash)
            values ({(district ?? Lincoln).Value}, '{id}', 'sis', 'person {++people}', true, array[]::text[], 'Ms.',
              '{name}', array[]::uuid[], array[]::text[], array[]::uuid[], {!isStaff}, {isStaff}, false, '{id}')
            """);
        return id;
    }

    /// <summary>A new school, or an organization of another type.</summary>
    public async Task<Guid> FoundAsync(string name, string type = "school", DistrictId? district = null)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            $"""
            insert into roster.organizations_v1 (tenant_id, id, source, sourced_id, name, type, row_hash)
            values ({(district ?? Lincoln).Value}, '{id}', 'sis', '{name}', '{name}', '{type}', '{id}')
            """);
        return id;
    }

    /// <summary>The source no longer sends somebody.</summary>
    public Task LeaveAsync(Guid person) =>
        ExecuteAsync($"update roster.people_v1 set ended_at = now() where id = '{person}'");

    /// <summary>The source sends somebody again.</summary>
    public Task ReturnAsync(Guid person) =>
        ExecuteAsync($"update roster.people_v1 set ended_at = null where id = '{person}'");

    /// <summary>Says what positions are called: their keys.</summary>
    public async Task DescribeAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.Equal("", await RefusalAsync(
                $"describePosition(input: {{ key: \"{key}\", language: \"en\", title: \"The {key}\" }})"));
        }
    }

    /// <summary>Gives somebody a position; the code of the refusal and where it is, or nothing.</summary>
    public Task<string> AssignAsync(
        Guid person, string position, Guid place, string firstDay, string? lastDay = null, string share = "1") =>
        RefusalAsync(Assigning(person, position, place, firstDay, lastDay, share));

    public static string Assigning(
        Guid person, string position, Guid place, string firstDay, string? lastDay = null, string share = "1") =>
        $$"""
        assignPosition(input: { personId: "{{NodeId.Encode("StaffMember", person)}}", position: "{{position}}",
          organizationId: "{{NodeId.Encode("Organization", place)}}", firstDay: "{{firstDay}}",
          lastDay: {{(lastDay is null ? "null" : $"\"{lastDay}\"")}}, share: {{share}} })
        """;

    /// <summary>Says what an area is.</summary>
    public async Task HelpWithAsync(string area) => Assert.Equal("", await RefusalAsync(
        $"describeArea(input: {{ key: \"{area}\", language: \"en\", name: \"{area}\", phrases: [] }})"));

    /// <summary>Says whom families ask about an area; the code of the refusal, or nothing.</summary>
    /// <param name="area">Key of the area.</param>
    /// <param name="school">At which school; null for the whole district.</param>
    /// <param name="steps">As GraphQL writes them.</param>
    public Task<string> ChainAsync(string area, Guid? school, params string[] steps) => RefusalAsync(
        $$"""
        setContactChain(input: { area: "{{area}}", audience: FAMILY,
          schoolId: {{(school is { } id ? $"\"{NodeId.Encode("School", id)}\"" : "null")}},
          steps: [{{string.Join(", ", steps)}}] })
        """);

    /// <summary>What is asked, by somebody who may do everything.</summary>
    public Task<JsonElement> AskAsync(string document) => AskAsync(
        Viewer.Of(Viewer.Principal("reyes", Lincoln, All)), document);

    /// <summary>What is asked; it has to be answered.</summary>
    public async Task<JsonElement> AskAsync(Viewer viewer, string document)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = viewer;
        var request = GraphQLRequest.FromText(document, scope.ServiceProvider) with { User = viewer.ToPrincipal() };
        using var result = await executor.ExecuteAsync(request, Ct);
        var answer = JsonElement.Parse(result.ToJson());
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Why a mutation was refused, as its code and where; nothing when it was done.</summary>
    public Task<string> RefusalAsync(string mutation, Viewer? viewer = null) => RefusalOfAsync(
        viewer ?? Viewer.Of(Viewer.Principal("reyes", Lincoln, All)), mutation);

    /// <summary>How many events there are of the directory.</summary>
    public async Task<long> EventsAsync()
    {
        await using var command = Store.OwnerDataSource.CreateCommand("select count(*) from es.events");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        keys.Delete(recursive: true);
    }

    private async Task<string> RefusalOfAsync(Viewer viewer, string mutation)
    {
        var data = await AskAsync(viewer, $"mutation {{ it: {mutation} {{ errors {{ code path message }} }} }}");
        var errors = data.GetProperty("it").GetProperty("errors");
        if (errors.ValueKind is JsonValueKind.Null) return "";

        Assert.NotEqual("", errors[0].GetProperty("message").GetString());
        var path = errors[0].GetProperty("path");
        return errors[0].GetProperty("code").GetString() + (path.ValueKind is JsonValueKind.Array
            ? string.Concat(path.EnumerateArray().Select(part => " " + part))
            : "");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static HubBuilder Modules(IServiceCollection services, string keys) =>
        new HubBuilder(services, new ConfigurationBuilder().Build())
            .AddRoster()
            .AddStaffDirectory()
            .Store(store =>
            {
                store.KeyRing = new FileKeyRing(keys, TimeProvider.System);
                store.ErasureLedger = new FileErasureLedger(Path.Combine(keys, "erasures.log"));
            });

    private static async Task Prepare(string address)
    {
        var collection = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        Modules(collection, "/nowhere").Register(_ => new(TestDatabase.ApplicationOf(address), address));
        await using var services = collection.BuildServiceProvider();
        await services.GetRequiredService<DocumentStore>().ApplySchemaAsync(default);
    }
}
