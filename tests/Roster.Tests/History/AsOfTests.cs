using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests.History;

/// <summary>The roster as it was: Leo is taught by Ms. Reyes until November and by Mr. Park from then on, changes
/// schools, and gets another name.</summary>
public sealed class AsOfTests : IAsyncLifetime
{
    private const string Before = "2026-08-01T00:00:00Z";
    private const string September = "2026-09-10T00:00:00Z";
    private const string November = "2026-11-10T00:00:00Z";
    private const string December = "2026-12-10T00:00:00Z";

    private readonly ManualTime time = new(new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));
    private TestDistrict district = null!;
    private RosterHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        hub = RosterHub.Of(district);
        district.Limits = new()
        {
            GraceDays = 0, HoldAboveSchoolPercent = 100, HoldAboveKindPercent = 100, HoldAboveSchoolEndings = 1_000,
        };
        await SendAsync("2026-09-01", Reyes());
        await SendAsync("2026-11-01", Park());
        await SendAsync("2026-12-01", Park()
            .Change("users.csv", "Leonardo,Ortiz,,1001", "Leo,Park,,1001")
            .Change("users.csv", "P-1001,Leo,,,lincoln", "P-1001,Leo,,,oak")
            .Change("roles.csv", "leo,primary,student,2026-08-31,2027-06-12,lincoln", "leo,primary,student,,,oak")
            .Without("enrollments.csv", "e1"));
        await district.ProjectAsync();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData(September, "Reyes", "Leonardo Ortiz 03 Lincoln Elementary", 2)]
    [InlineData(November, "Park", "Leonardo Ortiz 03 Lincoln Elementary", 2)]
    [InlineData(December, "Park", "Leo Park 03 Oak Elementary", 1)]
    public async Task Classes_students_and_schools_are_as_they_were(
        string asOf, string teacher, string leo, int studentsOfLincoln)
    {
        var roster = await RosterAsync(asOf, $$"""
            class(id: "{{await ClassAsync()}}") {
              title school { name } teachers { nodes { person { familyName } } }
            }
            student(id: "{{await LeoAsync()}}") {
              givenName familyName grade school { name } roles { role organization { name } }
            }
            schools { nodes { name studentCount staffCount classCount students { nodes { personId } } } }
            """);

        Assert.Equal("Mathematics 3 A", (string)roster["class"]!["title"]!);
        Assert.Equal(teacher, (string)roster["class"]!["teachers"]!["nodes"]![0]!["person"]!["familyName"]!);
        var student = roster["student"]!;
        Assert.Equal(
            leo, $"{student["givenName"]} {student["familyName"]} {student["grade"]} {student["school"]!["name"]}");
        var lincoln = roster["schools"]!["nodes"]!.AsArray().Single(s => (string)s!["name"]! == "Lincoln Elementary")!;
        Assert.Equal(studentsOfLincoln, (int)lincoln["studentCount"]!);
        Assert.Equal(studentsOfLincoln, lincoln["students"]!["nodes"]!.AsArray().Count);
        Assert.Equal(1, (int)lincoln["classCount"]!);
    }

    [Fact]
    public async Task Who_taught_a_student_is_found_from_the_student()
    {
        var roster = await RosterAsync("2026-10-30T00:00:00Z", $$"""
            person(id: "{{await PersonAsync()}}") {
              enrollments { nodes { class { teachers { nodes { isPrimary person { givenName familyName } } } } } }
            }
            """);
        Assert.Equal(
            """[{"isPrimary":true,"person":{"givenName":"Maria","familyName":"Reyes"}}]""",
            roster["person"]!["enrollments"]!["nodes"]![0]!["class"]!["teachers"]!["nodes"]!.ToJsonString());
    }

    [Fact]
    public async Task Before_the_first_roster_there_was_nothing()
    {
        var roster = await RosterAsync(Before, $$"""
            dataAsOf studentCount schools { totalCount } class(id: "{{await ClassAsync()}}") { title }
            """);
        Assert.Equal(
            """{"dataAsOf":null,"studentCount":0,"schools":{"totalCount":0},"class":null}""", roster.ToJsonString());
    }

    [Fact]
    public async Task It_says_as_of_when_it_knew_that()
    {
        var roster = await RosterAsync(November, "asOf dataAsOf run { status }");
        Assert.Equal(
            """{"asOf":"2026-11-10T00:00:00Z","dataAsOf":"2026-11-01T09:00:00Z","run":{"status":"applied"}}""",
            roster.ToJsonString());
    }

    [Fact]
    public async Task Pages_of_then_follow_one_another()
    {
        const string Parts = "{ nodes { name } pageInfo { hasNextPage endCursor } edges { cursor } }";
        var first = (await RosterAsync(September, $"schools(first: 1) {Parts}"))["schools"]!;
        var cursor = first["pageInfo"]!["endCursor"]!.ToJsonString();
        var next = (await RosterAsync(September, $"schools(first: 1, after: {cursor}) {Parts}"))["schools"]!;
        Assert.Equal(cursor, first["edges"]![0]!["cursor"]!.ToJsonString());
        Assert.True((bool)first["pageInfo"]!["hasNextPage"]!);
        Assert.Equal(
            ["Lincoln Elementary", "Oak Elementary"],
            new[] { first, next }.Select(page => (string)page["nodes"]![0]!["name"]!).Order());
    }

    [Fact]
    public async Task A_run_that_was_taken_back_has_never_been()
    {
        var last = Guid.Parse(await district.OneAsync(
            "select run_id from roster.history_runs order by position desc limit 1"));
        await district.Runs.RollBackAsync(TestDistrict.Id, last, null, TestContext.Current.CancellationToken);
        await district.ProjectAsync();
        var roster = await RosterAsync(December, $$"""
            student(id: "{{await LeoAsync()}}") { givenName school { name } }
            """);
        Assert.Equal(
            """{"givenName":"Leonardo","school":{"name":"Lincoln Elementary"}}""", roster["student"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_somebody_who_was_erased_nothing_is_told_of_then()
    {
        var id = await LeoAsync();
        var leo = Guid.Parse(await district.OneAsync("select id from roster.people where identifier = '1001'"));
        await district.Store.Erasure.EraseSubjectAsync(
            TestDistrict.Id, leo, "asked to", null, TestContext.Current.CancellationToken);
        var roster = await RosterAsync(September, $$"""
            student(id: "{{id}}") { givenName familyName grade email roles { beginDate } }
            """);
        Assert.Equal(
            """["[erased]","[erased]",null,null,[{"beginDate":null}]]""",
            new JsonArray([.. roster["student"]!.AsObject().Select(field => field.Value?.DeepClone())]).ToJsonString());
        Assert.Empty(await district.ListAsync(
            $"select 1 from roster.spans where person_id = '{leo}' and coalesce(grade, begin_date::text) is not null"));
        Assert.Empty(await district.ListAsync(
            $"select grade from roster.movements where person_id = '{leo}' and grade is not null"));
    }

    [Theory]
    [InlineData("{ roster(asOf: \"2026-09-10T00:00:00Z\") { studentCount } }", "inquiries.read")]
    [InlineData("{ roster(asOf: \"2026-09-10T00:00:00Z\") { run { id } } }", "roster.read")]
    public async Task Who_has_no_permission_sees_nothing(string query, string permission) => Assert.Contains(
        "AUTH_NOT_AUTHORIZED", await hub.AskAsync(query, permission), StringComparison.Ordinal);

    [Fact]
    public async Task However_many_there_are_a_level_takes_as_many_messages()
    {
        const string Query = """
            { roster(asOf: "2026-09-10T00:00:00Z") { schools(first: 2) { nodes {
                name studentCount staffCount classCount
                classes(first: 9) { nodes { title teachers(first: 2) { nodes { person { familyName } } } } } } } } }
            """;
        await SendAsync("2027-01-10", WithClasses(2));
        await SendAsync("2027-01-20", WithClasses(12));
        await district.ProjectAsync();
        var many = Query.Replace("2026-09-10", "2027-01-21", StringComparison.Ordinal);
        Assert.DoesNotContain("errors", await hub.AskAsync(many), StringComparison.Ordinal);
        var few = await hub.MessagesOfAsync(Query.Replace("2026-09-10", "2027-01-11", StringComparison.Ordinal));
        Assert.InRange(await hub.MessagesOfAsync(many), 1, few + 2); // What goes together is a matter of the moment.
    }

    private static Package WithClasses(int number)
    {
        var package = Park();
        for (var n = 0; n < number; n++)
        {
            package.With("classes.csv", $"art{n},,,Art {n},03,math3,A-{n},scheduled,12,lincoln,year,Art,,")
                .With("enrollments.csv", $"a{n},,,art{n},lincoln,reyes,teacher,true,,");
        }

        return package;
    }

    private static Package Reyes() => Package.Version12().With("orgs.csv", "oak,,,Oak Elementary,school,,district")
        .With("users.csv", "park,,,true,j.park,,Jin,Park,,,park@example.org,,,,,,,,,,oak,")
        .With("roles.csv", "r7,,,park,primary,teacher,,,oak,");

    private static Package Park() => Reyes().Without("enrollments.csv", "e2")
        .With("enrollments.csv", "e3,,,math3a,lincoln,park,teacher,true,2026-11-01,");

    private async Task SendAsync(string day, Package package)
    {
        time.Advance(DateTimeOffset.Parse(day + "T09:00:00Z", null) - time.GetUtcNow());
        Assert.Equal(ImportStatus.Applied, (await district.ImportAsync(package)).Status);
    }

    private async Task<JsonNode> RosterAsync(string asOf, string fields)
    {
        var told = JsonNode.Parse(await hub.AskAsync($"{{ roster(asOf: \"{asOf}\") {{ {fields} }} }}"))!;
        Assert.Null(told["errors"]);
        return told["data"]!["roster"]!;
    }

    private Task<string> LeoAsync() => IdAsync("Student", "roster.people where identifier = '1001'");

    private Task<string> PersonAsync() => IdAsync("Person", "roster.people where identifier = '1001'");

    private Task<string> ClassAsync() => IdAsync("Class", "roster.classes");

    private async Task<string> IdAsync(string type, string rows) =>
        NodeId.Encode(type, Guid.Parse(await district.OneAsync($"select id from {rows}")))!;
}
