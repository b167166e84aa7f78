using K12Hub.GraphQL.Conventions;

namespace K12Hub.Roster.Tests.People;

/// <summary>The same person in the student information system and in HR: by identifiers first, then as somebody
/// decides; each value from the source that has the say.</summary>
public sealed class MatchingTests : IAsyncLifetime
{
    private RosterHub hub = null!;

    private TestDistrict District => hub.District;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await RosterHub.WithAsync(Package.Version12(), ("Roster:Precedence:staff.email", "hr, sis"));
        await District.ImportAsync("hr", Hr(
            "h1,,,true,mreyes,,Maria,Reyes,,E1,Reyes@example.org,,555-0144,,,,,,,,,",
            "h2,,,true,cokafor,,Chidi,Okafor,,E2,,,,,,,,Chid,,,,"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task An_identifier_that_nobody_shares_links_and_the_sources_have_their_say_field_by_field()
    {
        Assert.Equal(new(1, 1), await hub.Matching.RunAsync(TestDistrict.Id, "cli:test", Ct));

        Assert.Equal(
            """
            {"data":{"staff":{"nodes":[{"identity":{"givenName":"Maria","email":"Reyes@example.org","phone":"555-0144",
            "identifier":"E1","records":[{"source":"sis","sourcedId":"reyes"},{"source":"hr","sourcedId":"h1"}],
            "origins":[{"field":"givenName","source":"sis"},{"field":"familyName","source":"sis"},
            {"field":"identifier","source":"hr"},{"field":"email","source":"hr"},{"field":"phone","source":"hr"}]}}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("""
                { staff(where: { sourcedId: { eq: "reyes" } }) { nodes { identity { givenName email phone identifier
                  records { source sourcedId } origins { field source } } } } }
                """));
    }

    [Fact]
    public async Task What_may_be_one_person_is_suggested_with_reasons_confirmed_and_undone()
    {
        await MatchAsync();
        Assert.Equal(
            """
            {"data":{"matches":{"nodes":[{"rule":"score","reasons":["familyName","givenName"],"state":"suggested",
            "score":14}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("{ matches { nodes { rule reasons state score } } }"));
        Assert.Equal("1", await RecordsOf("okafor"));

        Assert.Contains("\"state\":\"linked\"", await DecideAsync("confirmMatch"), StringComparison.Ordinal);
        Assert.Equal("2", await RecordsOf("okafor"));
        Assert.Contains("match.linked", await DecideAsync("rejectMatch"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"undone\"", await DecideAsync("undoMatch"), StringComparison.Ordinal);
        Assert.Equal("1", await RecordsOf("okafor"));
        Assert.Contains("\"state\":\"rejected\"", await DecideAsync("rejectMatch"), StringComparison.Ordinal);
        Assert.Contains("match.not_linked", await DecideAsync("undoMatch"), StringComparison.Ordinal);

        // Nothing that somebody decided is suggested or linked again.
        await MatchAsync();
        Assert.Equal("""{"data":{"matches":{"totalCount":0}}}""", await hub.AskAsync("{ matches { totalCount } }"));
        Assert.Equal(
            [
                "roster.people_linked", "roster.people_linked", "roster.people_match_undone",
                "roster.people_match_rejected",
            ],
            await District.ListAsync(
                "select type from es.events where type like 'roster.people%' order by position"));

        async Task<string> DecideAsync(string mutation)
        {
            var id = await District.OneAsync("select id from roster.person_matches where rule = 'score'");
            return await hub.AskAsync($$"""
                mutation { {{mutation}}(input: { id: "{{NodeId.Encode("Match", Guid.Parse(id))}}" }) {
                  match { state } errors { code } } }
                """);
        }
    }

    [Fact]
    public async Task An_identifier_that_is_undone_is_not_linked_again()
    {
        await MatchAsync();
        var id = await District.OneAsync("select id from roster.person_matches where rule = 'email'");
        await hub.AskAsync($$"""
            mutation { undoMatch(input: { id: "{{NodeId.Encode("Match", Guid.Parse(id))}}" }) { errors { code } } }
            """);
        await MatchAsync();

        Assert.Equal("1", await RecordsOf("reyes"));
        Assert.Equal("undone", await District.OneAsync($"select state from roster.person_matches where id = '{id}'"));
    }

    [Fact]
    public async Task A_shared_address_or_number_links_nobody()
    {
        // Two of HR have one address, and one of them the telephone number and address of a mother.
        await District.ImportAsync("hr", Hr(
            "h1,,,true,x1,,Maria,Reyes,,,reyes@example.org,,,,,,,,,,,",
            "h3,,,true,x3,,Mark,Stone,,,reyes@example.org,,,,,,,,,,,",
            "h4,,,true,x4,,Olaf,Berg,,,ana@example.org,,555-0101,,,,,,,,,"));

        Assert.Equal(0, (await hub.Matching.RunAsync(TestDistrict.Id, "cli:test", Ct)).Linked);
        Assert.DoesNotContain(
            "Olaf", await hub.AskAsync("{ matches { nodes { first { givenName } second { givenName } } } }"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_was_made_anew_is_suggested_as_the_same_person()
    {
        District.Limits = TestDistrict.NoGrace;
        await District.ImportAsync(Package.Version12()
            .Change("users.csv", "mia,,,true,mia.ortiz,\"{State:1002},{LDAP:mortiz}\",Mía", "mia2,,,true,mia2,,Mia")
            .Change("roles.csv", "mia", "mia2").Change("demographics.csv", "mia", "mia2")
            .Change("users.csv", "\"leo,mia\"", "\"leo,mia2\""));
        await MatchAsync();

        Assert.Contains(
            "\"reasons\":[\"familyName\",\"givenName\",\"birthDate\",\"identifier\",\"school\"]",
            await hub.AskAsync("{ matches { nodes { reasons first { sourcedId } second { sourcedId } } } }"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_in_two_sources_are_not_taken_for_one_another()
    {
        await District.ImportAsync(Package.Version12()
            .With("users.csv", "ida,,,true,ida,,Ida,Ortiz,,,,,555-0101,,01,,,,,,lincoln,")
            .With("roles.csv", "ri,,,ida,primary,student,,,lincoln,")
            .With("demographics.csv", "ida,,,2019-11-20,female,,,,,,,,,,,"));
        await District.ImportAsync("hr", Hr("h5,,,true,x5,,Mia,Ortiz,,,,,555-0101,,,,,,,,,")
            .With("demographics.csv", "h5,,,2019-11-20,female,,,,,,,,,,,"));
        await MatchAsync();

        var told = await hub.AskAsync("{ matches { nodes { first { givenName } second { givenName } } } }");
        Assert.Contains("Mía", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Ida", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matching_again_changes_nothing_and_needs_a_permission_to_look_at()
    {
        await MatchAsync();
        var before = await District.ListAsync("select m::text from roster.person_matches m order by 1");
        await MatchAsync();

        Assert.Equal(before, await District.ListAsync("select m::text from roster.person_matches m order by 1"));
        Assert.Equal("1", await District.OneAsync(
            "select count(*) from es.events where type = 'roster.people_linked'"));
        Assert.Contains(
            "AUTH_NOT_AUTHORIZED", await hub.AskAsync("{ matches { totalCount } }", "roster.read"),
            StringComparison.Ordinal);
    }

    private Task<MatchCounts> MatchAsync() => hub.Matching.RunAsync(TestDistrict.Id, "cli:test", Ct);

    private Task<string> RecordsOf(string sourcedId) => District.OneAsync($"""
        select greatest(1, count(*)) from roster.person_links
         where person_id = (select person_id from roster.person_links
                             where record_id = '{RosterId.Of("sis", "users", sourcedId)}')
        """);

    /// <summary>What HR sends: the same schools under keys of its own, and staff.</summary>
    private static Package Hr(params string[] people)
    {
        var package = Package.Version12()
            .Without("users.csv", "ana", "leo", "mia", "reyes", "okafor")
            .Without("roles.csv", "r1", "r2", "r3", "r4", "r5", "r6").Without("enrollments.csv", "e1", "e2")
            .Without("demographics.csv", "leo", "mia")
            .With("users.csv", people);
        foreach (var id in people.Select(line => line.Split(',')[0]))
        {
            package.With("roles.csv", $"r-{id},,,{id},primary,teacher,,,lincoln,");
        }

        return package;
    }
}
