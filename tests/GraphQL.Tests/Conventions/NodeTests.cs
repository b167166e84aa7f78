namespace K12Hub.GraphQL.Tests.Conventions;

public sealed class NodeTests
{
    private readonly SchoolHarness school = new("schools");

    [Fact]
    public Task A_node_is_found_by_its_global_id() => school.Answers(
        """{"node": {"__typename": "Student", "id": "@Student/1", "familyName": "Ortiz"}}""",
        """{ node(id: "@Student/1") { __typename id ... on Student { familyName } } }""");

    [Fact]
    public async Task Nodes_keep_their_order_and_a_miss_is_null()
    {
        await school.Answers(
            """{"nodes": [{"familyName": "Reyes"}, {"name": "Lincoln Elementary"}, null, {"familyName": "Ortiz"}]}""",
            """
            { nodes(ids: ["@Student/4", "@School/101", "@Student/9", "@Student/1"]) {
                ... on Student { familyName } ... on School { name } } }
            """);

        Assert.Equal(["schools by id 1 ", "students by id 3"], school.Book.Queries.Order());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("U3R1ZGVudDo")]
    [InlineData("VHJhbTox")]
    public async Task What_is_no_id_is_an_error(string id) =>
        Assert.Equal("ID_INVALID", await school.Code($$"""{ node(id: "{{id}}") { id } }"""));

    [Fact]
    public async Task One_bad_id_among_many_is_null_alone()
    {
        var document = SchoolHarness.WithIds("""{ nodes(ids: ["@School/101", "nonsense"]) { __typename } }""");

        var answer = await school.Answer(document);

        Assert.EndsWith("""{"nodes":[{"__typename":"School"},null]}}""", answer, StringComparison.Ordinal);
        Assert.Contains("""["nodes",1],"extensions":{"code":"ID_INVALID"}""", answer, StringComparison.Ordinal);
        Assert.Equal("ID_INVALID", await school.Code(document));
    }

    [Fact]
    public async Task More_than_fifty_nodes_are_too_many()
    {
        var ids = string.Join(',', Enumerable.Repeat("\"@Student/1\"", 51));

        Assert.Equal("NODES_TOO_MANY", await school.Code($"{{ nodes(ids: [{ids}]) {{ id }} }}"));
    }

    [Fact]
    public async Task How_many_nodes_are_too_many_is_an_option_that_the_error_and_the_schema_name()
    {
        const string three = """{ nodes(ids: ["@Student/1", "@Student/4", "@Student/9"]) { __typename } }""";
        var two = new SchoolHarness(options => options.MaxAllowedNodeBatchSize = 2, "schools");

        var answer = await two.Answer(SchoolHarness.WithIds(three));
        Assert.Contains(
            """{"code":"NODES_TOO_MANY","coordinate":"Query.nodes","measure":"allowedNodeBatchSize","limit":2,""",
            answer,
            StringComparison.Ordinal);
        Assert.Contains("\"actual\":3", answer, StringComparison.Ordinal);
        Assert.EndsWith("at most 2.", two.Schema.QueryType.FindField("nodes")!.Description!, StringComparison.Ordinal);
        await school.Answers("""{"nodes": [{"__typename": "Student"}, {"__typename": "Student"}, null]}""", three);
    }

    [Fact]
    public async Task The_policy_of_the_type_is_asked() => Assert.Equal(
        "AUTH_NOT_AUTHENTICATED", await new SchoolHarness().Code("""{ node(id: "@School/101") { id } }"""));
}
