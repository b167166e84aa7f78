using K12Hub.Contracts;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests.People;

/// <summary>The district says otherwise: with a reason, for a time, and the source's runs go on as if nothing had been
/// said.</summary>
public sealed class OverrideTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2027, 1, 4, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new(Start);
    private RosterHub hub = null!;

    private TestDistrict District => hub.District;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var district = await TestDistrict.CreateAsync(time);
        await district.ImportAsync(Package.Version12());
        hub = RosterHub.Of(district, time);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_api_shows_what_the_district_says_and_what_the_source_says_beside_it()
    {
        await OverrideAsync("ana", "EMAIL", "\"ana@new.example\"");

        Assert.Equal(
            """
            {"data":{"guardians":{"nodes":[{"email":"ana@new.example","overrides":[{"field":"email",
            "value":"ana@new.example","sourceValue":"ana@example.org","reason":"Mail came back.","overriddenBy":"test",
            "until":"2027-06-30T00:00:00Z","isSettled":false}]}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("""
                { guardians(where: { email: { eq: "ana@new.example" } }) { nodes { email overrides {
                  field value sourceValue reason overriddenBy until isSettled } } } }
                """));
    }

    [Fact]
    public async Task A_run_of_the_source_changes_nothing_and_keeps_what_the_source_says_apart()
    {
        await OverrideAsync("ana", "EMAIL", "\"ana@new.example\"");
        await OverrideAsync("leo", "PREFERRED_GIVEN_NAME", "null");

        Assert.Equal(ImportStatus.Unchanged, (await ImportAsync(Package.Version12())).Status);
        var changed = await ImportAsync(Package.Version12()
            .Change("users.csv", "ana@example.org", "ana@second.example").Change("users.csv", "555-0101", "555-0199"));

        Assert.Equal(1, changed.Counts["users"].Changed);
        Assert.Equal("ana@new.example 555-0199", await District.OneAsync(
            $"select email || ' ' || phone from roster.people where id = '{Id("ana")}'"));
        Assert.Equal("ana@second.example", await District.OneAsync(
            "select source_value from roster.field_overrides where field = 'email'"));
        Assert.Equal("", await District.OneAsync(
            $"select coalesce(preferred_given_name, '') from roster.people where id = '{Id("leo")}'"));
        await District.OpenEventsAsync();
        Assert.Equal("ana@second.example", await District.OneAsync($"""
            select record ->> 'email' from opened where stream_id = '{Id("ana")}' order by version desc limit 1
            """));
    }

    [Fact]
    public async Task Who_ends_and_returns_has_her_own_value_in_the_history_and_the_districts_in_the_row()
    {
        District.Limits = TestDistrict.NoGrace;
        await OverrideAsync("mia", "PRONOUNS", "\"she/her\"");
        await ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));
        await ImportAsync(Package.Version12());

        await District.OpenEventsAsync();
        Assert.Equal(
            ["roster.user_added ", "roster.user_ended ", "roster.user_returned "],
            await District.ListAsync($"""
                select type || ' ' || coalesce(record ->> 'pronouns', '') from opened
                 where stream_id = '{Id("mia")}' order by version
                """));
        Assert.Equal("she/her", await District.OneAsync(
            $"select pronouns from roster.people where id = '{Id("mia")}' and ended_at is null"));
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over_or_somebody_says_so_and_the_source_is_believed_again()
    {
        await OverrideAsync("ana", "EMAIL", "\"ana@new.example\"");
        await OverrideAsync("ana", "PHONE", "\"555-0777\"");
        var id = await District.OneAsync("select id from roster.field_overrides where field = 'phone'");
        var global = K12Hub.GraphQL.Conventions.NodeId.Encode("Override", Guid.Parse(id));
        Assert.Equal(
            """{"data":{"endOverride":{"override":{"field":"phone","endedBy":"test"},"errors":null}}}""",
            await hub.AskAsync($$"""
                mutation { endOverride(input: { id: "{{global}}" }) { override { field endedBy } errors { code } } }
                """));

        await hub.Overrides.EndExpiredAsync(TestDistrict.Id, Ct);
        Assert.Equal("ana@new.example 555-0101", await Ana());
        time.Advance(TimeSpan.FromDays(200));
        await hub.Overrides.EndExpiredAsync(TestDistrict.Id, Ct);

        Assert.Equal("ana@example.org 555-0101", await Ana());
        Assert.Equal("""{"data":{"overrides":{"totalCount":0}}}""", await hub.AskAsync("{ overrides { totalCount } }"));
        Assert.Equal(
            ["False", "True"], await District.ListAsync("""
                select data ->> 'isExpired' = 'true' from es.events where type = 'roster.field_override_ended'
                 order by position
                """));

        Task<string> Ana() => District.OneAsync(
            $"select email || ' ' || phone from roster.people where id = '{Id("ana")}'");
    }

    [Fact]
    public async Task A_second_word_takes_the_place_of_the_first_and_the_same_one_again_is_nothing()
    {
        await OverrideAsync("ana", "EMAIL", "\"one@new.example\"");
        await OverrideAsync("ana", "EMAIL", "\"two@new.example\"");
        await OverrideAsync("ana", "EMAIL", "\"two@new.example\"");

        Assert.Equal("two@new.example ana@example.org", await District.OneAsync(
            "select value || ' ' || source_value from roster.field_overrides"));
        Assert.Equal("2", await District.OneAsync(
            "select count(*) from es.events where type = 'roster.field_overridden'"));
    }

    [Fact]
    public async Task Another_school_and_another_language_can_be_said_too()
    {
        await ImportAsync(Package.Version12().With("orgs.csv", "oak,,,Oak Elementary,school,2,district"));
        var oak = K12Hub.GraphQL.Conventions.NodeId.Encode("School", RosterId.Of("sis", "orgs", "oak"));
        await OverrideAsync("leo", "SCHOOL", $"\"{oak}\"");
        await OverrideAsync("leo", "HOME_LANGUAGE", "\"Spanish\"");

        Assert.Equal(
            """
            {"data":{"students":{"nodes":[{"school":{"name":"Oak Elementary"},"supplement":{"homeLanguage":"es"}},
            {"school":{"name":"Lincoln Elementary"},"supplement":null}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("{ students { nodes { school { name } supplement { homeLanguage } } } }"));
    }

    [Theory]
    [InlineData("EMAIL", "\"no mail\"", "override.email")]
    [InlineData("HOME_LANGUAGE", "\"Klingonese\"", "override.language")]
    [InlineData("PHONE", "\"\"", "override.value")]
    public async Task What_cannot_be_is_refused(string field, string value, string code) =>
        Assert.Contains($"\"code\":\"{code}\"", await OverrideAsync("ana", field, value), StringComparison.Ordinal);

    [Theory]
    [InlineData("reason: \" \", until: \"2027-06-30T00:00:00Z\"", "override.reason")]
    [InlineData("reason: \"x\", until: \"2026-06-30T00:00:00Z\"", "override.until")]
    [InlineData("reason: \"x\", until: \"2030-06-30T00:00:00Z\"", "override.until")]
    public async Task Reason_and_time_are_needed(string input, string code) => Assert.Contains(
        $"\"code\":\"{code}\"", await hub.AskAsync(Mutation("ana", "PHONE", "\"1\"", input)), StringComparison.Ordinal);

    [Fact]
    public async Task Somebody_who_is_not_there_is_not_found_and_permission_is_needed()
    {
        Assert.Contains("person.not_found", await OverrideAsync("nobody", "PHONE", "\"1\""), StringComparison.Ordinal);
        Assert.Contains(
            "AUTH_NOT_AUTHORIZED", await hub.AskAsync(Mutation("ana", "PHONE", "\"1\"", Why), "roster.read"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owners_of_the_source_are_told_as_a_table()
    {
        await OverrideAsync("ana", "EMAIL", "\"ana@new.example\"");
        await OverrideAsync("ana", "PHONE", "\"-1+2\"");
        var text = new StringWriter();
        await hub.Overrides.ReportAsync(TestDistrict.Id, "sis", text, hub.District.Notes, Ct);

        Assert.Equal(
            """
            "sourcedId","field","districtValue","sourceValue","settled","reason","until","overriddenAt"
            "ana","email","ana@new.example","ana@example.org","false","Mail came back.","2027-06-30","2027-01-04"
            "ana","phone","'-1+2","555-0101","false","Mail came back.","2027-06-30","2027-01-04"

            """.ReplaceLineEndings("\r\n"), text.ToString());
    }

    [Fact]
    public async Task After_an_erasure_nothing_of_it_is_left()
    {
        await OverrideAsync("ana", "EMAIL", "\"canary@new.example\"");
        Assert.Contains("canary@", await PgDump.TextAsync(District.ConnectionString, Ct), StringComparison.Ordinal);
        await District.Store.Erasure.EraseSubjectAsync(TestDistrict.Id, Id("ana"), "request 17", "person:7", Ct);
        await ImportAsync(Package.Version12().Change("users.csv", "555-0101", "555-0102"));

        var dump = await PgDump.TextAsync(District.ConnectionString, Ct);
        Assert.DoesNotContain("canary@", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("Mail came back", dump, StringComparison.Ordinal);
        Assert.Contains(
            "command.subject_erased", await OverrideAsync("ana", "EMAIL", "\"canary@new.example\""),
            StringComparison.Ordinal);
    }

    private const string Why = "reason: \"Mail came back.\", until: \"2027-06-30T00:00:00Z\"";

    /// <summary>A run is known by when it began.</summary>
    private Task<ImportOutcome> ImportAsync(Package package)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        return District.ImportAsync(package);
    }

    private Task<string> OverrideAsync(string person, string field, string value) =>
        hub.AskAsync(Mutation(person, field, value, Why));

    private static string Mutation(string person, string field, string value, string why)
    {
        var id = K12Hub.GraphQL.Conventions.NodeId.Encode("Guardian", Id(person));
        return $$"""
            mutation { overrideField(input: { personId: "{{id}}", field: {{field}}, value: {{value}}, {{why}} }) {
              override { field } errors { code } } }
            """;
    }

    private static Guid Id(string sourcedId) => RosterId.Of("sis", RosterCollections.Users, sourcedId);
}
