namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>The annotations that the school of the other tests does not need, executed.</summary>
public sealed class VocabularyTests
{
    private readonly SchoolHarness school = new("own");

    [Fact]
    public Task An_interface_and_a_union_show_what_implements_them() => school.Answers(
        """
        {"meetings": [{"__typename": "Club", "title": "Chess", "label": "Chess!"},
                      {"__typename": "Trip", "title": "Zoo"}]}
        """,
        "{ meetings { __typename title ... on Club { label } } }");

    [Theory]
    [InlineData("teacher", null)]
    [InlineData("parent", "AUTH_NOT_AUTHORIZED")]
    [InlineData(null, "AUTH_NOT_AUTHENTICATED")]
    public async Task Roles_on_a_type_guard_every_field_that_returns_it(string? role, string? code)
    {
        const string Document = """{ search(text: "zoo") { ... on Trip { title } } }""";
        school.SignIn(role);

        if (code is null)
        {
            await school.Answers("""{"search": {"title": "Zoo"}}""", Document);
        }
        else
        {
            Assert.Equal(code, await school.Code(Document));
        }
    }

    [Fact]
    public Task Lists_of_lists_typed_ids_and_other_scalars_are_written() => school.Answers(
        """
        {"clubs": [
          {"id": "Q2x1Yjox", "parent": null, "scores": [[1, 2], []], "size": 2, "secret": "@@1",
           "motto": "Chess for all"},
          {"id": "Q2x1Yjoy", "parent": "Q2x1Yjox", "scores": [[3]], "size": 1, "secret": "@@2",
           "motto": "Art for all"}]}
        """.Replace("@@1", $"{SchoolBook.Key(1)}").Replace("@@2", $"{SchoolBook.Key(2)}"),
        "{ clubs { id parent scores size secret motto } }");

    [Theory]
    [InlineData("""{ clubs(choice: {id: "Q2x1Yjoy"}, also: ["Q2x1Yjox", null]) { title } }""", "Art,Chess,")]
    [InlineData("""{ clubs(choice: {title: "Art"}) { title } }""", "Art")]
    public async Task One_of_and_lists_of_ids_arrive_as_they_were_meant(string document, string titles)
    {
        var data = System.Text.Json.JsonElement.Parse(await school.Data(document)).GetProperty("clubs");

        Assert.Equal(titles, string.Join(',', data.EnumerateArray().Select(club =>
            club.ValueKind is System.Text.Json.JsonValueKind.Null ? "" : club.GetProperty("title").GetString())));
    }

    [Theory]
    [InlineData("""{ clubs(choice: {}) { title } }""")]
    [InlineData("""{ clubs(choice: {id: "Q2x1Yjoy", title: "Art"}) { title } }""")]
    public async Task One_of_is_exactly_one(string document) => Assert.Contains(
        "ClubChoiceInput", await school.Answer(document), StringComparison.Ordinal);

    [Fact]
    public Task Ids_are_named_by_text_and_by_type() => school.Answers(
        """{"keys": "1+2 x 7"}""", """{ keys(clubs: ["Q2x1Yjox", "Q2x1Yjoy"], raw: "x", plain: "7") }""");

    [Fact]
    public async Task A_node_is_found_without_a_resolver_attribute()
    {
        await school.Answers(
            """{"node": {"title": "Art"}}""", """{ node(id: "Q2x1Yjoy") { ... on Club { title } } }""");
        Assert.Equal("ID_INVALID", await school.Code("""{ node(id: "Q2x1Yjp4") { id } }"""));
    }

    [Fact]
    public async Task UsePaging_is_UseConnection()
    {
        school.SignIn("parent");
        await school.Answers(
            """{"clubPage": {"nodes": [{"title": "Art"}], "pageInfo": {"hasNextPage": true}}}""",
            "{ clubPage(first: 1) { nodes { title } pageInfo { hasNextPage } } }");
    }

    [Fact]
    public async Task Being_signed_in_is_enough_for_a_bare_Authorize()
    {
        Assert.Equal("AUTH_NOT_AUTHENTICATED", await school.Code("{ clubPage { totalCount } }"));
        school.SignIn("nothing");
        await school.Answers("""{"clubPage": {"totalCount": 2}}""", "{ clubPage { totalCount } }");
    }

    [Fact]
    public async Task A_policy_after_the_resolver_sees_the_object()
    {
        school.SignIn("parent");
        school.MaySee = value => value is ClubRow { Title: "Art" };

        await school.Answers("""{"ownClub": {"title": "Art"}}""", "{ ownClub(number: 1) { title } }");
        Assert.Equal("AUTH_NOT_AUTHORIZED", await school.Code("{ ownClub(number: 0) { title } }"));
        await school.Answers("""{"ownClubLater": {"title": "Art"}}""", "{ ownClubLater(number: 1) { title } }");
        Assert.Equal("AUTH_NOT_AUTHORIZED", await school.Code("{ ownClubLater(number: 0) { title } }"));
    }

    [Fact]
    public async Task A_policy_at_validation_refuses_the_whole_request()
    {
        school.SignIn("parent");

        var answer = await school.Answer("{ clubs { title } exam }");

        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
        Assert.Contains("AUTH_NOT_AUTHORIZED", answer, StringComparison.Ordinal);
        Assert.Contains("Query.exam", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loaders_batch_by_state()
    {
        await school.Answers(
            """
            {"clubs": [{"a": "en:1", "b": "en:1", "c": "es:1"}, {"a": "en:2", "b": "en:2", "c": "es:2"}]}
            """,
            """{ clubs { a: greeting b: greeting(language: null) c: greeting(language: "es") } }""");

        Assert.Equal(["greetings en 2", "greetings es 2"], school.Book.Queries.Order());
    }
}
