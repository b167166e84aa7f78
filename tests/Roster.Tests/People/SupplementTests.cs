using System.Text.Json.Nodes;
using K12Hub.Contracts;

namespace K12Hub.Roster.Tests.People;

/// <summary>Supplementary files: what a district knows of people that OneRoster has no place for.</summary>
public sealed class SupplementTests : IAsyncLifetime
{
    private const string Header =
        "sourcedId,guardianSourcedId,homeLanguage,interpreterNeeded,exitReason,fundingCategory,household,relation,"
        + "livesWith,mayContact,mayPickUp,mayReceiveRecords,custody,contactPriority";

    private static readonly string[] File =
    [
        Header,
        "leo,,Spanish,true,,reduced lunch,\"H1,H2\",,,,,,,",
        "mia,,spa,no,moved,,H1,,,,,,,",
        "leo,ana,,,,,,Mom,yes,yes,yes,yes,joint,1",
        "leo,okafor,,,,,,grandfather,no,no,no,no,none,",
    ];

    private RosterHub hub = null!;

    private TestDistrict District => hub.District;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12()
        .Change("users.csv", ",,,,ana,03,", ",,,,\"ana,okafor\",03,"));

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_it_says_of_people_and_pairs_can_be_asked()
    {
        var outcome = await District.SupplementAsync(File);

        Assert.Equal(ImportStatus.Applied, outcome.Status);
        Assert.Equal((2, 2), (outcome.Counts["supplements"].Added, outcome.Counts["guardianships"].Added));
        Assert.Empty(outcome.Findings);
        Assert.Equal(
            """
            {"data":{"students":{"nodes":[
            {"supplement":{"homeLanguage":"es","interpreterNeeded":true,"exitReason":null,
            "fundingCategory":"reduced lunch"},"relations":[
            {"guardian":{"givenName":"Ana"},"relatedAs":"mother","livesWith":true,"mayContact":true,"contactPriority":1,
            "custody":{"settled":"joint","mayPickUp":true}},
            {"guardian":{"givenName":"Chidi"},"relatedAs":"grandfather","livesWith":false,"mayContact":false,
            "contactPriority":null,"custody":{"settled":"none","mayPickUp":false}}]},
            {"supplement":{"homeLanguage":"es","interpreterNeeded":false,"exitReason":"moved","fundingCategory":null},
            "relations":[
            {"guardian":{"givenName":"Ana"},"relatedAs":null,"livesWith":null,"mayContact":true,"contactPriority":null,
            "custody":null}]}]}}}
            """.ReplaceLineEndings(""),
            Sorted(await hub.AskAsync("""
                { students { nodes { supplement { homeLanguage interpreterNeeded exitReason fundingCategory }
                  relations { guardian { givenName } relatedAs livesWith mayContact contactPriority
                    custody { settled mayPickUp } } } } }
                """)));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_is_no_newer_roster()
    {
        var first = await District.SupplementAsync(File);
        var events = await District.OneAsync("select count(*) from es.events where type not like 'roster.sync%'");
        var again = await District.SupplementAsync(File);

        Assert.Equal(ImportStatus.Unchanged, again.Status);
        Assert.Equal(
            events, await District.OneAsync("select count(*) from es.events where type not like 'roster.sync%'"));
        Assert.Equal(
            """{"data":{"rosterSources":[{"name":"sis"},{"name":"sis.supplement"}]}}""",
            await hub.AskAsync("{ rosterSources { name } }"));
        Assert.NotEqual(first.Run, again.Run);
    }

    [Fact]
    public async Task A_column_that_a_file_lacks_stays_as_it_is_known_and_an_empty_cell_clears()
    {
        await District.SupplementAsync(File);
        await District.SupplementAsync("sourcedId,exitReason,homeLanguage", "leo,graduated,", "mia,,fr");

        Assert.Equal(
            ["leo  graduated reduced lunch H1/H2", "mia fr  - H1"],
            await District.ListAsync("""
                select sourced_id || ' ' || coalesce(home_language, '') || ' ' || coalesce(exit_reason, '') || ' '
                       || coalesce(funding_category, '-') || ' ' || array_to_string(households, '/')
                  from roster.supplements order by 1
                """));
    }

    [Fact]
    public async Task Each_wrong_cell_is_named_with_line_column_and_value_and_harms_nothing_else()
    {
        await District.SupplementAsync(File);
        var outcome = await District.SupplementAsync(
            "sourcedId,guardianSourcedId,homeLanguage,interpreterNeeded,mayContact,exitReason",
            "leo,,Klingonese,true,,moved",
            "leo,okafor,,,perhaps,",
            "mia,ana,fr,,no,",
            "nobody,,es,,,");

        Assert.Equal(
            [
                "Warning value.dropped 2 homeLanguage Klingonese",
                "RowRejected value.unknown 3 mayContact perhaps",
                "Warning cell.misplaced 4 homeLanguage fr",
                "Warning reference.unknown 5 sourcedId nobody",
            ],
            outcome.Findings.OrderBy(f => f.Line)
                .Select(f => $"{f.Effect} {f.Rule} {f.Line} {f.Column} {f.Value}"));
        Assert.Equal("es moved", await District.OneAsync(
            "select home_language || ' ' || exit_reason from roster.supplements where sourced_id = 'leo'"));
        Assert.Equal("False", await District.OneAsync(
            $"select may_contact from roster.guardianships where guardian_id = '{Id("okafor")}'"));
    }

    [Fact]
    public async Task What_is_said_of_somebody_unknown_is_kept_for_when_she_comes()
    {
        await District.SupplementAsync("sourcedId,homeLanguage", "zoe,vi");
        await District.ImportAsync(Package.Version12()
            .With("users.csv", "zoe,,,true,zoe,,Zoe,Zeller,,,,,,,02,,,,,,lincoln,")
            .With("roles.csv", "rz,,,zoe,primary,student,,,lincoln,"));

        Assert.Equal(
            """{"data":{"students":{"nodes":[{"givenName":"Zoe","supplement":{"homeLanguage":"vi"}}]}}}""",
            await hub.AskAsync("""
                { students(where: { familyName: { eq: "Zeller" } }) {
                  nodes { givenName supplement { homeLanguage } } } }
                """));
    }

    [Fact]
    public async Task Who_has_left_is_known_and_a_row_is_taken_back_when_it_says_so()
    {
        District.Limits = TestDistrict.NoGrace;
        await District.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));
        var left = await District.SupplementAsync("sourcedId,exitReason", "mia,moved", "leo,");
        var taken = await District.SupplementAsync("sourcedId,status,exitReason", "mia,tobedeleted,");

        Assert.Empty(left.Findings);
        Assert.Equal((1, 0), (taken.Counts["supplements"].Ended, taken.Counts["supplements"].Changed));
        Assert.Equal(
            "leo", await District.OneAsync("select sourced_id from roster.supplements where ended_at is null"));
    }

    [Fact]
    public async Task A_run_can_be_proposed_applied_and_taken_back_beside_the_roster()
    {
        var roster = await District.RosterAsync();
        var held = await District.SupplementAsync("sis", true, File);
        Assert.Equal(ImportStatus.Held, held.Status);
        Assert.Equal(roster, await District.RosterAsync());

        // A night's roster comes in between: the file waits for a person all the same.
        await District.ImportAsync(Package.Version12().Change("users.csv", "555-0101", "555-0102"));
        var ct = TestContext.Current.CancellationToken;
        await District.Runs.ApplyAsync(TestDistrict.Id, held.Run!.Value, "cli:test", ct);
        Assert.Equal("2", await District.OneAsync("select count(*) from roster.supplements"));
        var answer = await District.Runs.RollBackAsync(TestDistrict.Id, held.Run!.Value, "cli:test", ct);

        Assert.Equal(ImportStatus.RolledBack, answer.Status);
        Assert.Equal("0", await District.OneAsync("select count(*) from roster.supplements"));
        Assert.Equal("0", await District.OneAsync("select count(*) from roster.guardianships"));
    }

    [Fact]
    public async Task A_source_that_never_sent_a_roster_has_no_people_to_supplement()
    {
        var outcome = await District.SupplementAsync("hr", false, File);

        Assert.Equal(ImportStatus.Rejected, outcome.Status);
        Assert.Equal("supplement.source_unknown", Assert.Single(outcome.Findings).Rule);
    }

    private static string Sorted(string answer)
    {
        var told = JsonNode.Parse(answer)!;
        foreach (var student in told["data"]!["students"]!["nodes"]!.AsArray())
        {
            var relations = student!["relations"]!.AsArray();
            var sorted = relations.OrderBy(r => (string)r!["guardian"]!["givenName"]!).ToList();
            relations.Clear();
            foreach (var relation in sorted) relations.Add(relation);
        }

        return told.ToJsonString(new() { Encoder = Json.Readable.Encoder });
    }

    private static Guid Id(string sourcedId) => RosterId.Of("sis", RosterCollections.Users, sourcedId);
}
