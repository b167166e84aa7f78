using System.Text.Json.Nodes;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests.Access;

/// <summary>Who sees which rows of the roster whose permissions do not reach the whole district. Leo and Mia go to
/// Lincoln Elementary, Nina and Ned to Oak Middle; Ana is the mother of the first two, Cleo of the others.</summary>
public sealed class ReachTests : IAsyncLifetime
{
    private const string Everything = """
        {
          students { totalCount nodes { givenName school { name } demographics { sex } guardians { givenName } } }
          guardians { nodes { givenName students { givenName } relations { student { givenName } } } }
          staff { nodes { familyName roles { role } } }
          classes { nodes { title } }
          enrollments { totalCount nodes { person { givenName } } }
          demographics { totalCount }
          schools { nodes { name } }
          overrides { totalCount }
          movements(includeBaseline: true) { totalCount }
        }
        """;

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await RosterHub.WithAsync(Package.Version12()
            .With("orgs.csv", "oak,,,Oak Middle,school,,district")
            .With("users.csv",
                "cleo,,,true,cleo,,Cleo,Chase,,,,,555-0102,\"nina,ned\",,,,,,,,",
                "nina,,,true,nina,,Nina,Chase,,,,,,cleo,06,,,,,,oak,",
                "ned,,,true,ned,,Ned,Chase,,,,,,cleo,07,,,,,,oak,",
                "sam,,,true,sam,,Sam,Silva,,,,,,,,,,,,,oak,")
            .With("roles.csv",
                "rc,,,cleo,primary,parent,,,oak,", "rn,,,nina,primary,student,,,oak,",
                "rd,,,ned,primary,student,,,oak,", "rs,,,sam,primary,teacher,,,oak,"));
        await hub.District.ProjectAsync();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Whoever_reaches_one_school_sees_its_people_and_the_names_of_the_others()
    {
        var seen = await AskAsync(AtSchool("oak"));

        Assert.Equal(["Ned", "Nina"], Names(seen["students"]));
        Assert.Equal(2, (int)seen["students"]!["totalCount"]!);
        Assert.Equal(["Cleo"], Names(seen["guardians"]));
        Assert.Equal(["Silva"], Names(seen["staff"], "familyName"));
        Assert.Equal(["Lincoln Elementary", "Oak Middle"], Names(seen["schools"], "name"));
        Assert.Equal(2, (int)seen["movements"]!["totalCount"]!);
    }

    [Fact]
    public async Task Whoever_reaches_two_schools_sees_both() =>
        Assert.Equal(
            ["Leonardo", "Mía", "Ned", "Nina"], Names((await AskAsync(AtSchool("oak", "lincoln")))["students"]));

    [Fact]
    public async Task Whoever_reaches_her_own_sees_herself_and_her_children_and_nobody_else()
    {
        var seen = await AskAsync(Of(Reach.Of(Person("ana"), Person("leo"), Person("mia"))));

        Assert.Equal(["Leonardo", "Mía"], Names(seen["students"]));
        Assert.Equal(["Ana"], Names(seen["guardians"]));
        Assert.Empty(Names(seen["staff"], "familyName"));
        Assert.Equal(["Leonardo"], Names(seen["enrollments"], "person"));
    }

    [Fact]
    public async Task A_teacher_of_one_school_who_is_a_parent_at_another_sees_both() => Assert.Equal(
        ["Leonardo", "Ned", "Nina"],
        Names((await AskAsync(Of(Reach.AtSchools(School("oak")).And(Reach.Of(Person("leo"))))))["students"]));

    [Fact]
    public async Task An_object_out_of_reach_answers_as_one_that_is_not_there()
    {
        const string ById = "{{ node(id: \"{0}\") {{ id ... on Student {{ givenName }} }} }}";
        var oak = AtSchool("oak");

        var forbidden = await hub.AskAsync(oak, string.Format(null, ById, Id("Student", "users", "leo")));
        var absent = await hub.AskAsync(oak, string.Format(null, ById, Id("Student", "users", "nobody")));
        var own = await hub.AskAsync(oak, string.Format(null, ById, Id("Student", "users", "nina")));

        Assert.Equal(absent, forbidden);
        Assert.Contains("Nina", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_permission_reaches_another_does_not()
    {
        var seen = await AskAsync(Viewer.Of("principal", TestDistrict.Id, new Dictionary<string, Reach>
        {
            ["roster.read"] = Reach.District,
            ["roster.demographics.read"] = Reach.AtSchools(School("oak")),
        }));

        Assert.Equal(["Leonardo", "Mía", "Ned", "Nina"], Names(seen["students"]));
        Assert.Equal(0, (int)seen["demographics"]!["totalCount"]!);
    }

    [Fact]
    public async Task Figures_name_nobody_and_are_seen_without_anybody()
    {
        const string Counts = """{ movementCounts(from: "2000-01-01", until: "2100-01-01") { kind } }""";
        var board = Viewer.Of("board", TestDistrict.Id, [new("roster.figures.read", Reach.Aggregate)]);

        Assert.Equal("""{"data":{"movementCounts":[]}}""", await hub.AskAsync(board, Counts));
        Assert.Contains("AUTH_NOT_AUTHORIZED", await hub.AskAsync(board, Everything), StringComparison.Ordinal);
    }

    private static Viewer AtSchool(params string[] schools) => Of(Reach.AtSchools(schools.Select(School)));

    private static Viewer Of(Reach reach) => Viewer.Of("okafor", TestDistrict.Id, new Dictionary<string, Reach>
    {
        ["roster.read"] = reach, ["roster.demographics.read"] = reach,
    });

    private static Guid School(string sourcedId) => RosterId.Of("sis", "orgs", sourcedId);

    private static Guid Person(string sourcedId) => RosterId.Of("sis", "users", sourcedId);

    private static string Id(string type, string collection, string sourcedId) =>
        GraphQL.Conventions.NodeId.Encode(type, RosterId.Of("sis", collection, sourcedId))!;

    private async Task<JsonNode> AskAsync(Viewer viewer)
    {
        var answer = JsonNode.Parse(await hub.AskAsync(viewer, Everything))!;
        Assert.Null(answer["errors"]);
        return answer["data"]!;
    }

    private static List<string> Names(JsonNode? list, string of = "givenName") =>
    [
        .. list!["nodes"]!.AsArray()
            .Select(node => of == "person" ? node!["person"]!["givenName"]! : node![of]!)
            .Select(name => name.GetValue<string>()).Order(StringComparer.Ordinal),
    ];
}
