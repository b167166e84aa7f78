using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests.Access;

/// <summary>Addresses, numbers, custody and demographics are read by permissions of their own: whoever sees a student
/// does not see these for that, nor finds them out. Leo and Mia go to Lincoln Elementary, Nina to Oak Middle; Ana is
/// the mother of the first two, Cleo of Nina.</summary>
public sealed class FieldGroupTests : IAsyncLifetime
{
    private const string Students = "{ students { nodes { givenName email phone sms } } }";
    private const string Guardians = "{ guardians { nodes { givenName email phone } } }";

    private const string EverywherePeople = """
        {
          students { nodes { email identity { phone } guardians { phone } contacts { guardian { phone email } } } }
          guardians { nodes { phone relations { guardian { email } } } }
          nodes(ids: ["PERSON"]) { ... on Person { email phone sms } }
        }
        """;

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12()
        .Change("users.csv", "Leonardo,Ortiz,,1001,,,", "Leonardo,Ortiz,,1001,leo@example.org,,")
        .With("orgs.csv", "oak,,,Oak Middle,school,,district")
        .With("users.csv",
            "cleo,,,true,cleo,,Cleo,Chase,,,cleo@example.org,,555-0102,nina,,,,,,,,",
            "nina,,,true,nina,,Nina,Chase,,,nina@example.org,,,cleo,06,,,,,,oak,")
        .With("roles.csv",
            "rc,,,cleo,primary,parent,,,oak,", "rn,,,nina,primary,student,,,oak,"));

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Without_the_permission_the_field_is_refused_and_the_rest_is_answered()
    {
        var answer = JsonNode.Parse(await hub.AskAsync(Without, "{ students { nodes { givenName email } } }"))!;

        Assert.Equal(
            ["Leonardo", "Mía", "Nina"],
            answer["data"]!["students"]!["nodes"]!.AsArray().Select(one => (string)one!["givenName"]!).Order());
        Assert.All(answer["data"]!["students"]!["nodes"]!.AsArray(), one => Assert.Null(one!["email"]));
        Assert.All(answer["errors"]!.AsArray(), error => Assert.Equal(
            ("AUTH_NOT_AUTHORIZED", "email"), (Code(error!), (string)error!["path"]![3]!)));
    }

    [Fact]
    public async Task Nowhere_is_anything_of_it()
    {
        var answer = await hub.AskAsync(Without, EverywherePeople.Replace(
            "PERSON", NodeId.Encode("Person", Person("ana")), StringComparison.Ordinal));

        Assert.DoesNotContain("555-", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("@", answer, StringComparison.Ordinal);
        Assert.Contains("555-0101", await hub.AskAsync(EverywherePeople.Replace(
            "PERSON", NodeId.Encode("Person", Person("ana")), StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_not_read()
    {
        Assert.DoesNotContain(
            await StatementsAsync(Without, Students),
            sql => sql.Contains(".email", StringComparison.Ordinal)
                || sql.Contains(".phone", StringComparison.Ordinal));
        Assert.Contains(
            await StatementsAsync(Of(Reach.District), Students),
            sql => sql.Contains(".email", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("students", "ana")]
    [InlineData("guardians", "ana")]
    public async Task Nobody_finds_out_by_a_filter(string list, string who)
    {
        var filter = $$"""
            { {{list}}(where: { or: [{ email: { eq: "{{who}}@example.org" } }, { familyName: { eq: "x" } }] }) {
              totalCount } }
            """;

        var refused = JsonNode.Parse(await hub.AskAsync(Without, filter))!;
        Assert.Equal("AUTH_NOT_AUTHORIZED", Code(refused["errors"]![0]!));
        Assert.Null(refused["data"]?[list]);
        Assert.Null(JsonNode.Parse(await hub.AskAsync(Of(Reach.District), filter))!["errors"]);
    }

    [Fact]
    public async Task Where_it_reaches_less_far_than_the_people_it_is_shown_of_those_within_reach()
    {
        var oak = Of(Reach.AtSchools(School("oak")));

        Assert.Equal(
            """
            {"data":{"students":{"nodes":[{"givenName":"Nina","email":"nina@example.org","phone":null,"sms":null},
            {"givenName":"Leonardo","email":null,"phone":null,"sms":null},
            {"givenName":"Mía","email":null,"phone":null,"sms":null}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync(oak, Students));
        var guardians = await hub.AskAsync(oak, Guardians);
        Assert.Contains(
            """{"givenName":"Cleo","email":"cleo@example.org","phone":"555-0102"}""", guardians,
            StringComparison.Ordinal);
        Assert.Contains(
            """{"givenName":"Ana","email":null,"phone":null}""", guardians, StringComparison.Ordinal);
        Assert.Equal(1, await FoundAsync(oak, "cleo@example.org"));
        Assert.Equal(0, await FoundAsync(oak, "ana@example.org"));
        Assert.Equal(1, await FoundAsync(Of(Reach.District), "ana@example.org"));
    }

    [Fact]
    public async Task One_who_reaches_her_children_alone_sees_theirs_and_hers()
    {
        var ana = Of(Reach.Of(Person("ana"), Person("leo")));

        var answer = await hub.AskAsync(ana, Guardians);
        Assert.Contains("555-0101", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0102", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("nina@", await hub.AskAsync(ana, Students), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_both_reach_as_far_nothing_is_asked_besides()
    {
        foreach (var reach in (Reach[])[Reach.District, Reach.AtSchools(School("oak"))])
        {
            var viewer = Viewer.Of(
                "kim", TestDistrict.Id, [new("roster.read", reach), new("roster.contact.read", reach)]);
            var sql = string.Join('\n', await StatementsAsync(viewer, Students));
            Assert.Single(sql.Split("roster.people").Skip(1));
        }

        var less = string.Join('\n', await StatementsAsync(Of(Reach.AtSchools(School("oak"))), Students));
        Assert.NotEmpty(less.Split("roster.people").Skip(2));
    }

    [Fact]
    public async Task What_the_district_says_otherwise_of_a_number_is_shown_to_whom_the_number_is()
    {
        const string Overrides = "{ overrides { nodes { field value sourceValue } } }";
        var until = DateTimeOffset.UtcNow.AddDays(30).ToString("yyyy-MM-dd'T'00:00:00'Z'", null);
        foreach (var (field, value) in new[] { ("PHONE", "555-0777"), ("PRONOUNS", "they") })
        {
            await hub.AskAsync($$"""
                mutation { overrideField(input: { personId: "{{NodeId.Encode("Person", Person("ana"))}}",
                  field: {{field}}, value: "{{value}}", reason: "So.", until: "{{until}}" }) {
                    override { id } } }
                """);
        }

        var refused = await hub.AskAsync(Without, Overrides);
        Assert.DoesNotContain("555-", refused, StringComparison.Ordinal);
        Assert.Contains("\"they\"", refused, StringComparison.Ordinal);
        Assert.Contains("555-0777", await hub.AskAsync(Of(Reach.District), Overrides), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_settled_of_custody_is_shown_where_its_permission_reaches()
    {
        const string Custody = "{ students { nodes { givenName relations { custody { settled mayPickUp } } } } }";
        await hub.District.SupplementAsync(
            ["sourcedId,guardianSourcedId,mayPickUp,custody", "leo,ana,no,ordered", "nina,cleo,no,ordered"]);
        var all = await hub.AskAsync(With("roster.custody.read", Reach.District), Custody);
        var oak = await hub.AskAsync(With("roster.custody.read", Reach.AtSchools(School("oak"))), Custody);

        Assert.Equal(3, all.Split("ordered").Length);
        Assert.Equal(2, oak.Split("ordered").Length);
        Assert.Contains(
            """{"givenName":"Nina","relations":[{"custody":{"settled":"ordered","mayPickUp":false}}]}""", oak,
            StringComparison.Ordinal);
        Assert.DoesNotContain("ordered", await hub.AskAsync(Without, Custody), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_people_were_reached_then_is_told_to_whom_the_whole_district_is()
    {
        await hub.District.ProjectAsync();
        var then = DateTimeOffset.UtcNow.ToString("O");
        var asOf = $$"""
            { roster(asOf: "{{then}}") { person(id: "{{NodeId.Encode("Person", Person("ana"))}}") {
              givenName email phone } } }
            """;

        Assert.Contains("555-0101", await hub.AskAsync(Of(Reach.District), asOf), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "555-0101", await hub.AskAsync(Of(Reach.AtSchools(School("lincoln"))), asOf), StringComparison.Ordinal);
        Assert.DoesNotContain("555-0101", await hub.AskAsync(Without, asOf), StringComparison.Ordinal);
    }

    private static Viewer With(string permission, Reach reach) => Viewer.Of(
        "kim", TestDistrict.Id, [new("roster.read", Reach.District), new(permission, reach)]);

    private static Viewer Without => Viewer.Of("kim", TestDistrict.Id, [new("roster.read", Reach.District)]);

    private static Viewer Of(Reach contact) => With("roster.contact.read", contact);

    private static Guid School(string sourcedId) => RosterId.Of("sis", "orgs", sourcedId);

    private static Guid Person(string sourcedId) => RosterId.Of("sis", "users", sourcedId);

    private static string? Code(JsonNode error) => (string?)error["extensions"]?["code"];

    private Task<IReadOnlyCollection<string>> StatementsAsync(Viewer viewer, string query) =>
        hub.StatementsOfAsync(() => hub.AskAsync(viewer, query));

    private async Task<int> FoundAsync(Viewer viewer, string email) => (int)JsonNode.Parse(await hub.AskAsync(
        viewer, $$"""{ guardians(where: { email: { eq: "{{email}}" } }) { totalCount } }"""))!
        ["data"]!["guardians"]!["totalCount"]!;
}
