using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace K12Hub.Roster.Tests;

public sealed class RosterApiTests : IAsyncLifetime
{
    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    public static TheoryData<string> Queries => new(Directory.EnumerateFiles(Folder(), "*.graphql")
        .Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path))));

    /// <summary>Queries and their answers stand in the folder queries, one pair per list.</summary>
    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Every_list_and_edge_answers_as_approved(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        var query = await File.ReadAllTextAsync(Path.Combine(Folder(), $"{name}.graphql"), ct);
        var told = JsonNode.Parse(await hub.AskAsync(query))!.ToJsonString(Json.Readable) + "\n";
        var approved = Path.Combine(Folder(), $"{name}.json");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            await File.WriteAllTextAsync(approved, told, ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(approved, ct), told);
    }

    [Theory]
    [InlineData("where: { grade: { eq: \"01\" } }", "Mía")]
    [InlineData("where: { familyName: { startsWith: \"Ort\" } }, order: [{ grade: DESC }]", "Leonardo,Mía")]
    [InlineData("where: { identifier: { in: [\"1002\"] } }", "Mía")]
    [InlineData("first: 1", "Leonardo")]
    [InlineData("last: 1", "Mía")]
    public async Task Students_can_be_filtered_sorted_and_paged(string arguments, string names)
    {
        var told = await hub.AskAsync($"{{ students({arguments}) {{ nodes {{ givenName }} }} }}");
        Assert.Equal(names.Split(','), Nodes(told, "students").Select(node => (string)node["givenName"]!));
    }

    [Fact]
    public async Task Who_is_missing_is_listed_and_says_since_when()
    {
        var begin = DateTimeOffset.UtcNow;
        await hub.District.ImportAsync(Package.Version12().Without("users.csv", "mia", "reyes", "ana"));
        var told = await hub.AskAsync("""
            {
              students { nodes { missingSince } }
              staff { nodes { missingSince } }
              guardians { nodes { missingSince } }
            }
            """);

        DateTimeOffset?[] Since(string list) =>
            [.. Nodes(told, list).Select(node => (DateTimeOffset?)node["missingSince"])];
        Assert.Equal([true, false], Since("students").Select(since => since is null));
        Assert.Contains(Since("staff"), since => since >= begin);
        Assert.Contains(Since("guardians"), since => since >= begin);
    }

    [Fact]
    public async Task Who_has_ended_is_listed_only_when_asked_for()
    {
        hub.District.Limits = TestDistrict.NoGrace;
        await hub.District.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));
        Assert.Equal("""{"data":{"students":{"totalCount":1}}}""", await hub.AskAsync("{ students { totalCount } }"));
        Assert.Equal(
            """{"data":{"students":{"nodes":[{"givenName":"Leonardo"},{"givenName":"Mía"}]}}}""",
            await hub.AskAsync("{ students(includeEnded: true) { nodes { givenName } } }"));
    }

    [Fact]
    public async Task A_record_is_found_again_by_its_id()
    {
        var told = await hub.AskAsync("{ students(first: 1) { nodes { id } } }");
        var id = Nodes(told, "students").Single()["id"];
        Assert.Equal(
            """{"data":{"node":{"__typename":"Student","givenName":"Leonardo"}}}""",
            await hub.AskAsync($"{{ node(id: \"{id}\") {{ __typename ... on Student {{ givenName }} }} }}"));
    }

    [Fact]
    public async Task An_edge_loads_what_each_query_wants_of_it()
    {
        const string Students = "students(where: { familyName: { startsWith: \"Ort\" } }, first: 1)";
        async Task<string> Ask(string field) => string.Join(",", Nodes(
                await hub.AskAsync($"{{ {Students} {{ nodes {{ guardians {{ {field} }} }} }} }}"), "students")
            .Single()["guardians"]!.AsArray().Select(guardian => $"{guardian![field]}"));

        var names = await Ask("givenName");
        var keys = await Ask("sourcedId");

        Assert.NotEqual("", names);
        Assert.NotEqual("", keys);
        Assert.NotEqual(names, keys);
        Assert.Equal(names, await Ask("givenName"));
    }

    [Theory]
    [InlineData("{ demographics { totalCount } }")]
    [InlineData("{ students(first: 1) { nodes { demographics { sex } } } }")]
    public async Task Demographics_need_a_permission_of_their_own(string query)
    {
        Assert.Contains("AUTH_NOT_AUTHORIZED", await hub.AskAsync(query, "roster.read"), StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH_NOT_AUTHORIZED", await hub.AskAsync(query), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ students { totalCount } }")]
    [InlineData("{ syncRuns { totalCount } }")]
    public async Task Who_has_no_permission_sees_nothing(string query) => Assert.Contains(
        "AUTH_NOT_AUTHORIZED", await hub.AskAsync(query, "inquiries.read"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ students { nodes { givenName school { name } guardians { familyName } } } }", 3)]
    [InlineData("{ students { nodes { enrollments { nodes { class { school { name } teachers { id } } } } } } }", 5)]
    [InlineData(
        "{ schools(first: 5) { nodes { students { nodes { familyName guardians { students { givenName } } } } } } }",
        5)]
    [InlineData("{ students { totalCount nodes { id } } }", 3)]
    public async Task Each_level_of_a_query_is_one_message_and_its_record_another(string query, int messages)
    {
        // As many students again: the number of messages stays.
        await hub.District.ImportAsync(MoreStudents());
        Assert.Equal(messages, await hub.MessagesOfAsync(query));
    }

    private static Package MoreStudents()
    {
        var package = Package.Version12();
        for (var i = 0; i < 8; i++)
        {
            package.With("users.csv", $"s{i},,,true,s{i},,Sam{i},Abel,,,,,,ana,03,,,,,,lincoln,")
                .With("roles.csv", $"rs{i},,,s{i},primary,student,,,lincoln,")
                .With("enrollments.csv", $"es{i},,,math3a,lincoln,s{i},student,,,");
        }

        return package;
    }

    private static IEnumerable<JsonNode> Nodes(string told, string field) =>
        JsonNode.Parse(told)!["data"]![field]!["nodes"]!.AsArray().Select(node => node!);

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "queries");
}
