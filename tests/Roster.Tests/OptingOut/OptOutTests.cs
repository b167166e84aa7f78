using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests.OptingOut;

/// <summary>The district names what is directory information, and a student's family says what of it must not go
/// out (34 CFR 99.37).</summary>
public sealed class OptOutTests : IAsyncLifetime
{
    private const string Fields =
        "directoryChoice { needsConsent consentedTo optOuts { category since by } } errors { code }";

    private static readonly Guid Mia = RosterId.Of("sis", "users", "mia");
    private static readonly Guid Leo = RosterId.Of("sis", "users", "leo");

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_list_says_what_since_which_notice_and_to_whom()
    {
        const string Set = """
            mutation { setDirectoryInformation(input: {
              categories: [GRADE_LEVEL, NAME, NAME], noticeDate: "2026-08-20", limitedTo: [" Yearbook Inc ", "PTA"]
            }) { directoryInformation { categories noticeDate limitedTo } errors { code } } }
            """;

        Assert.Equal(
            """{"data":{"directoryInformation":null}}""",
            await hub.AskAsync("{ directoryInformation { categories } }"));
        Assert.Equal(
            """{"categories":["NAME","GRADE_LEVEL"],"noticeDate":"2026-08-20","limitedTo":["PTA","Yearbook Inc"]}""",
            (await MutateAsync(Set))["directoryInformation"]!.ToJsonString());
        await MutateAsync(Set);
        Assert.Equal("1", await hub.District.OneAsync(
            "select count(*) from es.events where type = 'roster.directory_named'"));
    }

    [Theory]
    [InlineData("2026-08-20", "2026-11-30", true)]
    [InlineData("2026-12-01", "2026-11-30", false)]
    [InlineData("2025-08-20", "2026-09-23", true)]
    [InlineData("2025-08-20", "2026-09-24", false)]
    public void A_notice_is_good_from_its_day_on_for_a_year_and_some_weeks(string notice, string today, bool isGood) =>
        Assert.Equal(isGood, DirectoryTerms.IsInForce(
            DateOnly.Parse(notice, null),
            new K12Hub.Testing.ManualTime(DateTimeOffset.Parse($"{today}T08:00:00Z", null))));

    [Fact]
    public async Task What_was_opted_out_of_stands_with_the_student_until_it_is_withdrawn()
    {
        await OptOutAsync(Mia, "EMAIL, TELEPHONE", "mother");
        await OptOutAsync(Mia, "EMAIL, NAME", "father");

        Assert.Equal(
            """
            {"data":{"students":{"nodes":[{"givenName":"Leonardo","directory":null},{"givenName":"Mía","directory":{
            "needsConsent":false,"optOuts":[{"category":"TELEPHONE","since":"2026-09-01","by":"mother"},
            {"category":"EMAIL","since":"2026-09-01","by":"mother"},
            {"category":"NAME","since":"2026-09-01","by":"father"}]}}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("""
                { students { nodes { givenName directory { needsConsent optOuts { category since by } } } } }
                """));
        var after = await MutateAsync($$"""
            mutation { withdrawOptOut(input: { studentId: "{{Id(Mia)}}", categories: [NAME, TELEPHONE, BIRTH],
              since: "2026-10-01", by: "mother" }) { {{Fields}} } }
            """);
        Assert.Equal(
            """[{"category":"EMAIL","since":"2026-09-01","by":"mother"}]""",
            after["directoryChoice"]!["optOuts"]!.ToJsonString());
    }

    [Fact]
    public async Task Saying_it_again_records_nothing()
    {
        await OptOutAsync(Mia, "EMAIL", "mother");
        await OptOutAsync(Mia, "EMAIL", "mother");
        await ConsentAsync(true, "NAME");
        await ConsentAsync(true, "NAME");

        Assert.Equal("2", await hub.District.OneAsync(
            "select count(*) from es.events where type like 'roster.directory_%'"));
        Assert.Equal("""["NAME"]""", (await ConsentAsync(true, "NAME"))["consentedTo"]!.ToJsonString());
        Assert.Equal("false", (await ConsentAsync(false, ""))["needsConsent"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "2026-09-01", "mother", "directory.nothing")]
    [InlineData("NAME", "2099-09-01", "mother", "directory.future")]
    [InlineData("NAME", "2026-09-01", " ", "directory.who")]
    public async Task What_is_not_said_properly_is_refused(string categories, string since, string who, string code) =>
        Assert.Equal(code, await CodeAsync(
            hub.AskAsync, OptingOut(Id(Mia), categories, who, since)));

    [Fact]
    public async Task The_office_of_the_school_and_the_parent_may_and_nobody_else_is_told_of_the_student()
    {
        var ana = Of(Reach.Of(RosterId.Of("sis", "users", "ana"), Mia));
        var lincoln = Of(Reach.AtSchools(RosterId.Of("sis", "orgs", "lincoln")));
        var oak = Of(Reach.AtSchools(RosterId.Of("sis", "orgs", "oak")));

        Assert.Null(await CodeAsync(q => hub.AskAsync(ana, q), OptingOut(Id(Mia), "NAME", "mother")));
        Assert.Null(await CodeAsync(q => hub.AskAsync(lincoln, q), OptingOut(Id(Leo), "NAME", "mother")));
        Assert.Equal("student.not_found", await CodeAsync(
            q => hub.AskAsync(ana, q), OptingOut(Id(Leo), "NAME", "mother")));
        Assert.Equal("student.not_found", await CodeAsync(
            q => hub.AskAsync(oak, q), OptingOut(Id(Mia), "EMAIL", "mother")));
        Assert.Equal("student.not_found", await CodeAsync(
            hub.AskAsync, OptingOut(Id(Guid.NewGuid()), "EMAIL", "mother")));

        var seen = await hub.AskAsync(ana, "{ students { nodes { directory { optOuts { category } } } } }");
        Assert.Equal(
            """{"data":{"students":{"nodes":[{"directory":{"optOuts":[{"category":"NAME"}]}}]}}}""", seen);
    }

    [Fact]
    public async Task Whoever_sees_the_student_further_than_the_choice_is_not_told_of_it()
    {
        await OptOutAsync(Mia, "EMAIL", "mother");
        var viewer = Viewer.Of("kim", TestDistrict.Id,
            [new("roster.read", Reach.District), new("roster.directory.read", Reach.Of(Leo))]);

        Assert.Equal(
            """{"data":{"students":{"nodes":[{"directory":null},{"directory":null}]}}}""",
            await hub.AskAsync(viewer, "{ students { nodes { directory { needsConsent } } } }"));
        Assert.Contains("AUTH_NOT_AUTHORIZED", await hub.AskAsync(
            "{ students { nodes { directory { needsConsent } } } }", "roster.read"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stored_is_sealed_under_the_students_key_and_goes_with_it()
    {
        await OptOutAsync(Mia, "EMAIL", "stepmother");

        Assert.DoesNotContain("stepmother", await hub.District.OneAsync(
            "select string_agg(data::text, '') from es.events where type like 'roster.directory_%'"),
            StringComparison.Ordinal);
        await hub.EraseAsync(Mia);
        Assert.Equal("{}", await hub.District.OneAsync("select opted_out::text from roster.directory_choices"));
        Assert.Equal("{}", await hub.District.OneAsync("select opted_out_by::text from roster.directory_choices"));
    }

    private static Viewer Of(Reach reach) => Viewer.Of("kim", TestDistrict.Id,
        [new("roster.read", reach), new("roster.directory.read", reach), new("roster.directory.opt_out", reach)]);

    private static string Id(Guid student) => NodeId.Encode("Student", student)!;

    private static string OptingOut(string student, string categories, string who, string since = "2026-09-01") =>
        $$"""
        mutation { optOut(input: { studentId: "{{student}}", categories: [{{categories}}], since: "{{since}}",
          by: "{{who}}" }) { {{Fields}} } }
        """;

    private static async Task<string?> CodeAsync(Func<string, Task<string>> ask, string document) =>
        JsonNode.Parse(await ask(document))!["data"]!["optOut"]!["errors"]?[0]?["code"]?.GetValue<string>();

    private static Task<string?> CodeAsync(Func<string, string[], Task<string>> ask, string document) =>
        CodeAsync(text => ask(text, []), document);

    private async Task OptOutAsync(Guid student, string categories, string who) =>
        Assert.Null((await MutateAsync(OptingOut(Id(student), categories, who)))["errors"]);

    private async Task<JsonNode> ConsentAsync(bool isNeeded, string categories) => (await MutateAsync($$"""
        mutation { setDirectoryConsent(input: { studentId: "{{Id(Mia)}}", isNeeded: {{(isNeeded ? "true" : "false")}},
          categories: [{{categories}}], since: "2026-09-01", by: "mother" }) { {{Fields}} } }
        """))["directoryChoice"]!;

    private async Task<JsonNode> MutateAsync(string document) =>
        JsonNode.Parse(await hub.AskAsync(document))!["data"]!.AsObject().Single().Value!;
}
