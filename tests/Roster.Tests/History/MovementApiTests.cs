using System.Text.Json.Nodes;

namespace K12Hub.Roster.Tests.History;

/// <summary>The ledger as whoever may read the roster sees it.</summary>
public sealed class MovementApiTests(ThreeNights nights) : IClassFixture<ThreeNights>
{
    private readonly RosterHub hub = nights.Hub;

    [Theory]
    [InlineData("", "transfer exit entry entry")]
    [InlineData("(where: { kind: { eq: \"entry\" } })", "entry entry")]
    [InlineData("(where: { movedOn: { lt: \"2026-10-01\" } })", "entry")]
    [InlineData("(includeCorrected: true)", "transfer exit entry entry entry")]
    [InlineData("(includeBaseline: true, where: { movedOn: { eq: \"2026-09-07\" } })", "entry entry entry")]
    [InlineData("(order: [{ movedOn: ASC }], first: 2)", "entry entry")]
    public async Task Movements_are_listed_the_latest_first(string arguments, string kinds)
    {
        var told = await NodesAsync($"movements{arguments}", "kind movedOn");
        Assert.Equal(kinds.Split(' ').Order(), told.Select(node => (string)node["kind"]!).Order());
        if (arguments.Length == 0) Assert.Equal("2026-11-02", (string)told[0]["movedOn"]!);
    }

    [Fact]
    public async Task A_movement_says_who_from_where_to_where_and_which_run_found_it()
    {
        var told = await NodesAsync(
            "movements(where: { kind: { eq: \"transfer\" } })",
            """
            student { givenName } fromSchool { name } toSchool { name } grade reason run { status }
            correctedByRun { id }
            """);
        Assert.Equal(
            """
            {"givenName":"amy"}, {"name":"Lincoln Elementary"}, {"name":"Oak Elementary"}, "03", null,
            {"status":"applied"}, null
            """,
            string.Join(", ", Assert.Single(told).AsObject().Select(field => field.Value?.ToJsonString() ?? "null"))
                .Replace("null, {", "null,\n{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_student_has_movements_and_what_was_put_right_is_kept()
    {
        const string Amy = "students(where: { familyName: { eq: \"Student\" } })";
        var told = (await NodesAsync(
                Amy, "givenName movements(includeCorrected: true) { nodes { kind movedOn isCurrent revision } }"))
            .Single(node => (string)node["givenName"]! == "amy")["movements"]!["nodes"]!.AsArray();
        Assert.Equal(
            ["entry 2026-09-30 true 2", "entry 2026-10-01 false 1", "transfer 2026-11-02 true 1"],
            told.Select(node => string.Join(' ', node!.AsObject().Select(field => $"{field.Value}"))));
    }

    [Fact]
    public async Task Schools_and_the_district_count_what_came_and_what_went()
    {
        const string Range = "movementCounts(from: \"2026-10-01\", until: \"2026-12-01\") "
            + "{ kind arrivals departures }";
        var district = JsonNode.Parse(await hub.AskAsync($"{{ {Range} }}"))!["data"]!["movementCounts"]!;
        Assert.Equal(["entry 1 0", "exit 0 1", "transfer 1 1"], Lines(district));

        var schools = await NodesAsync("schools", $"name {Range}");
        Assert.Equal(
            [
                "King Middle: ", "Lincoln Elementary: transfer 0 1",
                "Oak Elementary: entry 1 0, exit 0 1, transfer 1 0",
            ],
            schools.Select(school => $"{school["name"]}: {string.Join(", ", Lines(school["movementCounts"]!))}"));
    }

    [Fact]
    public async Task A_movement_is_found_again_by_its_id()
    {
        var id = (await NodesAsync("movements(first: 1)", "id"))[0]["id"];
        Assert.Equal(
            """{"data":{"node":{"movedOn":"2026-11-02"}}}""",
            await hub.AskAsync($"{{ node(id: \"{id}\") {{ ... on Movement {{ movedOn }} }} }}"));
    }

    [Theory]
    [InlineData("{ movements { totalCount } }", "inquiries.read")]
    [InlineData("{ movementCounts(from: \"2026-10-01\", until: \"2026-12-01\") { kind } }", "inquiries.read")]
    [InlineData("{ movements { nodes { run { id } } } }", "roster.read")]
    public async Task Who_has_no_permission_sees_nothing(string query, string permission) => Assert.Contains(
        "AUTH_NOT_AUTHORIZED", await hub.AskAsync(query, permission), StringComparison.Ordinal);

    private async Task<List<JsonNode>> NodesAsync(string list, string fields)
    {
        var told = JsonNode.Parse(await hub.AskAsync($"{{ {list} {{ nodes {{ {fields} }} }} }}"))!;
        Assert.Null(told["errors"]);
        return [.. told["data"]!.AsObject().Single().Value!["nodes"]!.AsArray().Select(node => node!)];
    }

    private static IEnumerable<string> Lines(JsonNode counts) => counts.AsArray()
        .Select(count => $"{count!["kind"]} {count["arrivals"]} {count["departures"]}");
}
