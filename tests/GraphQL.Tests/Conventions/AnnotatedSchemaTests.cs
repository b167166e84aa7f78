using System.Text.Json;

namespace K12Hub.GraphQL.Tests.Conventions;

public sealed class AnnotatedSchemaTests
{
    private readonly SchoolHarness school = new("schools", "staff");

    [Fact]
    public Task Leaves_are_written_as_their_types_say() => school.Answers(
        """
        {"students": {"nodes": [
          {"id": "@Student/3", "familyName": "Okafor", "nickname": null, "grade": 2, "way": null, "bornOn": null,
           "languages": [], "label": "Okafor, 2", "greeting": "Hello you"},
          {"id": "@Student/1", "familyName": "Ortiz", "nickname": "Ana", "grade": 3, "way": "WALKING",
           "bornOn": "2015-01-01", "languages": ["en", "es"], "label": "Ortiz, 3", "greeting": "Hello Ana"}]}}
        """,
        "{ students { nodes { id familyName nickname grade way bornOn languages label greeting } } }");

    [Fact]
    public async Task Only_selected_columns_are_asked_for()
    {
        await school.Data("{ students { nodes { label greeting } } }");

        Assert.Equal(
            ["students new StudentRow() {FamilyName = row.FamilyName, Nickname = row.Nickname, Grade = row.Grade}"],
            school.Book.Queries);
    }

    [Fact]
    public async Task Filters_sorts_and_pages_come_from_the_arguments()
    {
        const string Document = """
            query($where: StudentFilterInput, $order: [StudentSortInput!], $after: String) {
              students(where: $where, order: $order, first: 1, after: $after) {
                edges { cursor node { familyName grade } } totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
              }
            }
            """;
        const string Arguments = """
            "where": {"or": [
              {"familyName": {"startsWith": "Ort"}}, {"grade": {"gte": 3}, "way": {"in": ["SCHOOL_BUS"]}}]},
            "order": [{"grade": "DESC"}, {"familyName": "DESC"}]
            """;

        var names = new List<string?>();
        JsonElement page;
        string? after = null;
        do
        {
            var cursor = JsonSerializer.Serialize(after);
            var data = await school.Data(Document, $$"""{ {{Arguments}}, "after": {{cursor}} }""");
            page = JsonElement.Parse(data).GetProperty("students");
            names.Add(page.GetProperty("edges")[0].GetProperty("node").GetProperty("familyName").GetString());
            Assert.Equal(3, page.GetProperty("totalCount").GetInt32());
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
        while (page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());

        Assert.Equal(["Reyes", "Ortiz", "Ortiz"], names);
    }

    [Fact]
    public async Task Rows_are_filtered_by_the_global_id_of_another_type()
    {
        await school.Answers(
            """{"students": {"nodes": [{"familyName": "Okafor"}, {"familyName": "Reyes"}]}}""",
            """{ students(where: {schoolId: {eq: "@School/102"}}) { nodes { familyName } } }""");

        Assert.Equal(
            "ID_INVALID",
            await school.Code("""{ students(where: {schoolId: {eq: "@Student/1"}}) { nodes { familyName } } }"""));
    }

    [Fact]
    public async Task Edges_of_many_rows_are_one_query_each()
    {
        await school.Answers(
            """
            {"students": {"nodes": [
              {"familyName": "Okafor", "school": {"name": "Oak Hill"}, "enrollments": {"totalCount": 0, "nodes": []}},
              {"familyName": "Ortiz", "school": {"name": "Lincoln Elementary"},
               "enrollments": {"totalCount": 3, "nodes": [{"course": "Art"}, {"course": "Music"}]}},
              {"familyName": "Ortiz", "school": {"name": "Lincoln Elementary"},
               "enrollments": {"totalCount": 1, "nodes": [{"course": "Art"}]}}]}}
            """,
            """
            { students(first: 3) { nodes {
                familyName school { name } enrollments(first: 2) { totalCount nodes { course } } } } }
            """);

        Assert.Equal(
            ["enrollments 3", "schools by id 2 new SchoolRow() {Id = row.Id, Name = row.Name}"],
            school.Book.Queries.Skip(1).Order());
    }

    [Fact]
    public async Task Many_values_of_a_key_are_one_query_for_all_keys()
    {
        await school.Answers(
            """
            {"schools": [
              {"name": "Lincoln Elementary", "students": [{"nickname": "Ana"}, {"nickname": "Leo"}]},
              {"name": "Oak Hill", "students": [{"nickname": null}, {"nickname": null}]}]}
            """,
            "{ schools { name students { nickname } } }");

        Assert.Equal(["students by school 2"], school.Book.Queries);
    }

    [Fact]
    public Task Arguments_arrive_as_what_the_method_takes() => school.Answers(
        """{"echo": "Hi SchoolBus 1+2 1 ClubInput { Name = Chess, Starts = 01/02/2026 }"}""",
        """
        { echo(way: SCHOOL_BUS, numbers: [1, 2], students: ["@Student/1"],
               club: {name: "Chess", starts: "2026-01-02"}) }
        """);

    [Fact]
    public async Task A_mutation_takes_one_input_and_answers_a_value_or_errors()
    {
        const string Document = """
            mutation($input: RenameSchoolInput!) {
              renameSchool(input: $input) { school { name } errors { code message path } }
            }
            """;

        await school.Answers(
            """{"renameSchool": {"school": {"name": "Elm"}, "errors": null}}""",
            Document,
            """{"input": {"schoolId": "@School/101", "name": "Elm"}}""");
        await school.Answers(
            """
            {"renameSchool": {"school": null, "errors": [
              {"code": "school.unknown", "message": "There is no such school.", "path": ["schoolId"]}]}}
            """,
            Document,
            """{"input": {"schoolId": "@School/9", "name": "Elm"}}""");
    }

    [Fact]
    public async Task The_policy_of_a_type_guards_every_field_that_returns_it()
    {
        var stranger = new SchoolHarness("staff");

        Assert.Equal(
            "AUTH_NOT_AUTHENTICATED", await stranger.Code("""{ school(id: "@School/101") { name } }"""));
        Assert.Equal(
            "AUTH_NOT_AUTHENTICATED",
            await stranger.Code("{ students(first: 1) { nodes { school { name } } } }"));
    }

    [Fact]
    public async Task A_fields_own_policy_comes_before_that_of_its_type()
    {
        Assert.Equal("AUTH_NOT_AUTHENTICATED", await new SchoolHarness("schools").Code("{ schools { name } }"));

        await new SchoolHarness("staff").Answers(
            """{"schools": [{"name": "Lincoln Elementary"}, {"name": "Oak Hill"}]}""", "{ schools { name } }");
    }
}
