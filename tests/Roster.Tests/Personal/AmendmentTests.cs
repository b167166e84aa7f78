using System.Text;
using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>A family asks that a record be amended, the school decides by a day, and what the family says stays with
/// the record. Ana is the mother of Leo and Mia, who go to Lincoln Elementary; Nina goes to Oak Middle.</summary>
public sealed class AmendmentTests : IAsyncLifetime
{
    private static readonly Guid Mia = Person("mia");
    private static readonly Viewer Ana = Viewer.Of("ana", TestDistrict.Id, Reaches(
        Reach.Of(Person("ana"), Person("leo"), Mia), "roster.read", "roster.amendments.read",
        "roster.amendments.request"));

    private static readonly Viewer Okafor = AtSchool("okafor", "lincoln");
    private static readonly Viewer Silva = AtSchool("silva", "oak");

    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var district = await TestDistrict.CreateAsync(Package.Version12()
            .With("orgs.csv", "oak,,,Oak Middle,school,,district")
            .With("users.csv", "nina,,,true,nina,,Nina,Chase,,,,,,,06,,,,,,oak,")
            .With("roles.csv", "rn,,,nina,primary,student,,,oak,"));
        // In the evening of the last of November in Chicago, and December in London.
        var time = new ManualTime(new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero));
        hub = RosterHub.Of(
            district, time, ("Jobs:TimeZone", "America/Chicago"), ("Roster:AmendmentDays", "30"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_mother_asks_the_principal_declines_and_her_statement_stays_with_the_record()
    {
        var id = await RequestAsync(Ana, "mia", "Address");

        Assert.Equal("", await CodeAsync(Okafor, Decline(id, "The lease says so.")));
        Assert.Equal("", await CodeAsync(Ana, AddStatement(id, "We live by the river.")));

        var one = (await ListAsync(Ana))!.AsArray().Single()!;
        Assert.Equal(("declined", "2026-12-30", "ana", "okafor", "The lease says so.", "We live by the river."), (
            (string?)one["state"], (string?)one["dueOn"], (string?)one["requestedBy"], (string?)one["decidedBy"],
            (string?)one["reason"], (string?)one["statement"]));
        Assert.Contains("right to a hearing", (string?)one["rights"], StringComparison.Ordinal);
        Assert.Contains("statement with the record", (string?)one["rights"], StringComparison.Ordinal);
        var export = await ExportAsync();
        Assert.Contains("We live by the river.", export, StringComparison.Ordinal);
        Assert.Contains("roster.amendment_declined", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_is_one_and_twenty_open_ones_are_enough()
    {
        var first = await RequestAsync(Ana, "mia", "Line 1");
        Assert.Equal(first, await RequestAsync(Ana, "mia", " Line 1 "));
        for (var i = 2; i <= 20; i++) await RequestAsync(Ana, "mia", $"Line {i}");

        Assert.Equal("amendment.too_many", await CodeAsync(Ana, Request("mia", "Line 21")));
        Assert.Equal("", await CodeAsync(Okafor, Accept(first)));
        Assert.NotEqual(first, await RequestAsync(Ana, "mia", "Line 1"));
    }

    [Fact]
    public async Task Nobody_asks_about_or_decides_of_who_is_out_of_reach_nor_learns_that_there_is_somebody()
    {
        var nobody = await CodeAsync(Ana, Request("nobody", "Address"));
        Assert.Equal("student.not_found", nobody);
        Assert.Equal(nobody, await CodeAsync(Ana, Request("nina", "Address")));
        Assert.Equal(nobody, await CodeAsync(Ana, Request("ana", "Address")));
        var id = await RequestAsync(Ana, "mia", "Address");

        foreach (var mutation in (string[])[Accept(id), Decline(id, "No."), AddStatement(id, "Yes.")])
        {
            Assert.Equal("amendment.not_found", await CodeAsync(Silva, mutation));
        }

        Assert.Empty((await ListAsync(Silva))!.AsArray());
        Assert.Equal("", await CodeAsync(Okafor, Accept(id)));
    }

    [Fact]
    public async Task A_family_does_not_decide_its_own_request() => Assert.Contains(
        "AUTH_NOT_AUTHORIZED", await hub.AskAsync(Ana, Change(Accept(await RequestAsync(Ana, "mia", "Address")))),
        StringComparison.Ordinal);

    [Fact]
    public async Task What_waits_is_listed_by_the_day_it_is_due()
    {
        var first = await RequestAsync(Ana, "mia", "Address");
        await CodeAsync(Okafor, Accept(await RequestAsync(Ana, "leo", "Address")));

        var answer = JsonNode.Parse(await hub.AskAsync(
            Okafor, """{ amendments(where: { state: { eq: "requested" } }) { totalCount nodes { id } } }"""))!;

        Assert.Equal(1, (int)answer["data"]!["amendments"]!["totalCount"]!);
        Assert.Equal(first, (string?)answer["data"]!["amendments"]!["nodes"]![0]!["id"]);
    }

    [Fact]
    public async Task While_a_request_waits_nothing_is_erased_and_then_the_texts_go_along()
    {
        var id = await RequestAsync(Ana, "mia", "Canary address");
        Assert.Equal("erasure.open_request", await CodeAsync(Erasing("mia")));
        Assert.Null(await hub.EraseAsync(Mia));

        await CodeAsync(Okafor, Decline(id, "Canary reason"));
        await CodeAsync(Ana, AddStatement(id, "Canary statement"));
        Assert.Contains("Canary", await PgDump.TextAsync(hub.District.ConnectionString, Ct), StringComparison.Ordinal);
        Assert.NotNull(await hub.EraseAsync(Mia));

        Assert.DoesNotContain(
            "Canary", await PgDump.TextAsync(hub.District.ConnectionString, Ct), StringComparison.Ordinal);
        Assert.Equal("command.subject_erased", await CodeAsync(Ana, AddStatement(id, "Again")));
    }

    [Fact]
    public async Task A_request_that_comes_after_an_erasure_was_approved_comes_first()
    {
        var erasure = NodeId.Encode("Erasure", ErasureRequest.IdOf(Mia))!;
        Assert.Equal("", await CodeAsync(Erasing("mia")));
        Assert.Contains("\"errors\":null", await hub.AskAsAsync("okafor", Change(Approve(erasure))),
            StringComparison.Ordinal);
        var id = await RequestAsync(Ana, "mia", "Address");

        await hub.SendAsync<ErasePerson, PersonErasing>(new(ErasureRequest.IdOf(Mia)));
        Assert.Contains("erasure.open_request", await hub.AskAsAsync("okafor", Change(Approve(erasure))),
            StringComparison.Ordinal);

        await CodeAsync(Okafor, Accept(id));
        Assert.Contains("\"errors\":null", await hub.AskAsAsync("okafor", Change(Approve(erasure))),
            StringComparison.Ordinal);
        await hub.SendAsync<ErasePerson, PersonErasing>(new(ErasureRequest.IdOf(Mia)));
        Assert.Equal("erased", await hub.District.OneAsync("select state from roster.erasures"));
    }

    private static Guid Person(string sourcedId) => RosterId.Of("sis", "users", sourcedId);

    private static Viewer AtSchool(string who, string school) => Viewer.Of(who, TestDistrict.Id, Reaches(
        Reach.AtSchools(RosterId.Of("sis", "orgs", school)), "roster.read", "roster.amendments.read",
        "roster.amendments.request", "roster.amendments.decide"));

    private static Dictionary<string, Reach> Reaches(Reach reach, params string[] permissions) =>
        permissions.ToDictionary(one => one, _ => reach);

    private static string Request(string student, string what) =>
        $"requestAmendment(input: {{ studentId: \"{NodeId.Encode("Student", Person(student))}\", "
        + $"what: \"{what}\", why: \"We moved.\" }})";

    private static string Accept(string id) => $"acceptAmendment(input: {{ id: \"{id}\" }})";

    private static string Decline(string id, string reason) =>
        $"declineAmendment(input: {{ id: \"{id}\", reason: \"{reason}\" }})";

    private static string AddStatement(string id, string statement) =>
        $"addAmendmentStatement(input: {{ id: \"{id}\", statement: \"{statement}\" }})";

    private static string Erasing(string person) =>
        $"requestErasure(input: {{ personId: \"{NodeId.Encode("Student", Person(person))}\", reason: \"17\" }})";

    private static string Approve(string erasure) => $"approveErasure(input: {{ id: \"{erasure}\" }})";

    private static string Change(string mutation) => $"mutation {{ m: {mutation} {{ errors {{ code }} }} }}";

    private async Task<string> RequestAsync(Viewer viewer, string student, string what)
    {
        var answer = await hub.AskAsync(
            viewer, $"mutation {{ m: {Request(student, what)} {{ amendment {{ id }} errors {{ code }} }} }}");
        return (string)JsonNode.Parse(answer)!["data"]!["m"]!["amendment"]!["id"]!;
    }

    private async Task<JsonNode?> ListAsync(Viewer viewer) => JsonNode.Parse(await hub.AskAsync(
        viewer,
        "{ amendments { nodes { state dueOn requestedBy decidedBy reason statement rights student { id } } } }"))![
            "data"]!["amendments"]!["nodes"];

    private Task<string> CodeAsync(Viewer viewer, string mutation) =>
        CodeOfAsync(hub.AskAsync(viewer, Change(mutation)));

    private Task<string> CodeAsync(string mutation) => CodeOfAsync(hub.AskAsAsync("reyes", Change(mutation)));

    /// <summary>The code of the refusal; nothing when it was done.</summary>
    private static async Task<string> CodeOfAsync(Task<string> asked)
    {
        var answer = JsonNode.Parse(await asked)!;
        Assert.True(answer["data"]?["m"] is not null, answer.ToJsonString());
        return (string?)answer["data"]!["m"]!["errors"]?[0]!["code"] ?? "";
    }

    private async Task<string> ExportAsync()
    {
        using var to = new MemoryStream();
        await new PersonExport(hub.District.Store, TimeProvider.System)
            .WriteAsync(TestDistrict.Id, Mia, to, hub.District.Notes, Ct);
        return Encoding.UTF8.GetString(to.ToArray());
    }
}
