using System.Text;
using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests.Quality;

/// <summary>The data quality report: each rule finds what it is there for and nothing else.</summary>
public sealed class QualityTests : IAsyncLifetime
{
    // What is there before anything is planted: Mía is in no class yet, and Principal Okafor a guardian of nobody.
    private static readonly string[] Always =
        ["guardian.noPhone okafor", "guardian.noStudent okafor", "student.noClass mia"];

    private readonly ManualTime time = new(new(2026, 9, 7, 9, 0, 0, TimeSpan.Zero));
    private TestDistrict district = null!;
    private RosterHub hub = null!;
    private RosterQuality quality = null!;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        hub = RosterHub.Of(district);
        quality = new(district.Store);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is found about Pia; her e-mail, telephone, agents, grade and main organization; her
    /// roles.</summary>
    public static TheoryData<string, string, string[]> Planted => new()
    {
        { "student.noClass student.noGuardian", "- - - 03 lincoln", ["primary,student,,,lincoln"] },
        { "student.noClass student.noGrade", "- - ana - lincoln", ["primary,student,,,lincoln"] },
        { "student.noClass student.noSchool", "- - ana 03 -", ["primary,student,,,district"] },
        { "guardian.noPhone", "p@x.org - leo - -", ["primary,parent,,,lincoln"] },
        { "guardian.noEmail", "- 555-0102 leo - -", ["primary,parent,,,lincoln"] },
        { "guardian.noStudent", "p@x.org 555-0102 - - -", ["primary,parent,,,lincoln"] },
        { "staff.noEmail", "- - - - lincoln", ["primary,aide,,,lincoln"] },
        { "staff.noSchool", "p@x.org - - - -", ["primary,aide,,,district"] },
        { "", "p@x.org - - - -", ["primary,districtAdministrator,,,district"] },
        { "staff.noClass", "p@x.org - - - lincoln", ["primary,teacher,,,lincoln"] },
        { "person.noRole", "p@x.org - - - lincoln", [] },
        { "person.noPrimaryRole", "p@x.org - - - -", ["secondary,aide,,,lincoln"] },
        { "person.twoPrimaryRoles", "p@x.org - - - -", ["primary,aide,,,lincoln", "primary,counselor,,,lincoln"] },
        { "", "p@x.org - - - -", ["primary,aide,,,lincoln", "secondary,counselor,,,lincoln"] },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public async Task Each_rule_finds_the_person_it_is_there_for(string rules, string person, string[] roles)
    {
        var cells = person.Split(' ').Select(cell => cell == "-" ? "" : cell).ToArray();
        var package = Package.Version12().With("users.csv",
            $"pia,,,true,pia,,Pia,Lone,,,{cells[0]},,{cells[1]},{cells[2]},{cells[3]},,,,,,{cells[4]},");
        foreach (var (n, role) in roles.Index()) package.With("roles.csv", $"rp{n},,,pia,{role},");
        await district.ImportAsync(package);

        var expected = rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(rule => $"{rule} pia");
        Assert.Equal(Always.Concat(expected).Order(StringComparer.Ordinal), await FoundAsync());
    }

    [Fact]
    public async Task Classes_enrollments_missing_people_and_languages_have_rules_too()
    {
        await district.ImportAsync(Package.Version12()
            .With("classes.csv", "art,,,Art,03,math3,A,scheduled,12,lincoln,year,Art,,")
            .With("enrollments.csv",
                "e8,,,math3a,lincoln,mia,student,,2026-08-01,2027-06-12",
                "e9,,,math3a,lincoln,okafor,aide,,2026-09-01,"));
        Assert.Equal(
            [
                "class.noStudent art", "class.noTeacher art", "enrollment.outsideSession e8", "guardian.noPhone okafor",
                "guardian.noStudent okafor",
            ],
            await FoundAsync());

        await district.SupplementAsync("sourcedId,homeLanguage", "leo,es", "ana,es");
        Assert.Equal(
            ["guardian.noLanguage okafor", "student.noLanguage mia"],
            (await FoundAsync()).Where(line => line.Contains("noLanguage", StringComparison.Ordinal)));

        time.Advance(TimeSpan.FromDays(1));
        await district.ImportAsync(Package.Version12().Without("users.csv", "mia").Without("roles.csv", "r3")
            .Without("demographics.csv", "mia"));
        Assert.Contains("person.missing mia", await FoundAsync());
    }

    [Fact]
    public async Task Two_students_of_one_name_and_birth_date_are_named_both()
    {
        await district.ImportAsync(Package.Version12()
            .With("users.csv", "leo2,,,true,leo2,,leonardo,ORTIZ,,,,,,ana,03,,,,,,lincoln,")
            .With("roles.csv", "r9,,,leo2,primary,student,,,lincoln,")
            .With("demographics.csv", "leo2,,,2017-04-05,male,,,,,,,,,,,"));
        Assert.Equal(
            ["student.duplicate leo", "student.duplicate leo2"],
            (await FoundAsync()).Where(line => line.StartsWith("student.duplicate", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_score_is_what_its_definition_says()
    {
        await district.ImportAsync(Package.Version12());
        var school = Assert.Single(await quality.OfSchoolsAsync(TestDistrict.Id, null, Ct));

        // Of two students one is in no class; of the two guardians there, one has no number, and one no student.
        var weights = QualityRule.All.Where(rule => !rule.Name.EndsWith(".noLanguage", StringComparison.Ordinal))
            .Sum(rule => rule.Weight);
        Assert.Equal(
            Math.Round(100 - (100 * ((2 * 0.5) + (3 * 0.5) + (1 * 0.5)) / weights), 1), school.Score);
        Assert.Equal("Lincoln Elementary", school.SchoolName);
        Assert.Equal(new DateTimeOffset(2026, 9, 7, 9, 0, 0, TimeSpan.Zero), school.DataAsOf);
    }

    [Fact]
    public async Task The_api_tells_scores_findings_and_the_records_behind_them()
    {
        await district.ImportAsync(Package.Version12());
        const string Report = "score dataAsOf findings { count lookedAt share rule { name weight meaning } }";
        const string Schools = $"schools {{ nodes {{ dataQuality {{ {Report} }} dataAsOf }} }}";
        var told = JsonNode.Parse(await hub.AskAsync($"{{ dataQuality {{ {Report} }} {Schools} }}"))!["data"]!;
        Assert.Equal("2026-09-07T09:00:00Z", (string)told["dataQuality"]!["dataAsOf"]!);
        Assert.Equal("2026-09-07T09:00:00Z", (string)told["schools"]!["nodes"]![0]!["dataAsOf"]!);
        Assert.Equal(
            """{"count":1,"lookedAt":2,"share":0.5}""",
            Finding(told["dataQuality"]!, "student.noClass"));
        Assert.Equal(Finding(told["dataQuality"]!, "guardian.noPhone"),
            Finding(told["schools"]!["nodes"]![0]!["dataQuality"]!, "guardian.noPhone"));

        Assert.Equal(
            """{"data":{"qualityRecords":{"nodes":[{"kind":"student","person":{"givenName":"Mía"},"class":null}]}}}""",
            await hub.AskAsync(
                "{ qualityRecords(rule: \"student.noClass\") "
                + "{ nodes { kind person { givenName } class { title } } } }"));
        Assert.Contains("QUALITY_RULE_UNKNOWN", await hub.AskAsync(
            "{ qualityRecords(rule: \"student.tooTall\") { nodes { kind } } }"), StringComparison.Ordinal);
        Assert.Contains("AUTH_NOT_AUTHORIZED", await hub.AskAsync(
            "{ dataQuality { score } }", "roster.read"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_come_in_pages_in_both_directions()
    {
        var package = Package.Version12();
        for (var i = 0; i < 6; i++)
        {
            package.With("users.csv", $"s{i},,,true,s{i},,Sam{i},Abel,,,,,,ana,03,,,,,,lincoln,")
                .With("roles.csv", $"rs{i},,,s{i},primary,student,,,lincoln,");
        }

        await district.ImportAsync(package);
        var school = NodeId.Encode("School", Guid.Parse(await district.OneAsync(
            "select id from roster.organizations where type = 'school'")))!;
        var all = await PageAsync(school, "first: 50");
        var first = await PageAsync(school, "first: 3");
        var second = await PageAsync(school, $"first: 3, after: {first.Page["endCursor"]!.ToJsonString()}");
        var back = await PageAsync(school, $"last: 2, before: {second.Page["startCursor"]!.ToJsonString()}");

        var every = JsonNode.Parse(await hub.AskAsync("{ qualityRecords(first: 50) { nodes { rule } } }"))!;
        Assert.Equal(9, every["data"]!["qualityRecords"]!["nodes"]!.AsArray().Count); // And what is always there.
        Assert.Equal(7, all.Names.Count);
        Assert.Equal(all.Names.Take(3), first.Names);
        Assert.Equal(all.Names.Skip(3).Take(3), second.Names);
        Assert.Equal(all.Names.Skip(1).Take(2), back.Names);
        Assert.True((bool)second.Page["hasNextPage"]!);
        Assert.False((bool)all.Page["hasNextPage"]!);
        const string Wrong = "{ qualityRecords(rule: \"student.noClass\", after: \"x\") { nodes { kind } } }";
        Assert.Contains("CURSOR_INVALID", await hub.AskAsync(Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_file_nothing_is_taken_for_a_formula()
    {
        await district.ImportAsync(Package.Version12().With("users.csv",
                "\"=1+1\",,,true,pia,,\"+Pia \"\"P\"\"\",\"@Lone, Zoë\",,-77,,,,ana,03,,,,,,lincoln,")
            .With("roles.csv", "rp,,,=1+1,primary,student,,,lincoln,"));
        var bytes = await CsvAsync(null);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.Equal("\"School\",\"Rule\",\"What is wrong\",\"Kind\",\"sourcedId\",\"Name\",\"Number\"", lines[0]);
        Assert.Contains(
            "\"Lincoln Elementary\",\"student.noClass\",\"The student is in no class.\",\"student\",\"'=1+1\","
            + "\"'@Lone, Zoë, +Pia \"\"P\"\"\",\"'-77\"",
            lines);
        Assert.Equal("", lines[^1]);
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("\ra", "'\ra")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void A_cell_that_begins_like_a_formula_is_text(string cell, string written) =>
        Assert.Equal($"\"{written}\"\r\n", CsvCells.Line(cell));

    private static string Finding(JsonNode report, string rule)
    {
        var finding = report["findings"]!.AsArray().Single(one => (string)one!["rule"]!["name"]! == rule)!.AsObject();
        return $$"""{"count":{{finding["count"]}},"lookedAt":{{finding["lookedAt"]}},"share":{{finding["share"]}}}""";
    }

    private async Task<(List<string> Names, JsonNode Page)> PageAsync(string school, string page)
    {
        var told = JsonNode.Parse(await hub.AskAsync(
            $$"""
            { qualityRecords(rule: "student.noClass", schoolId: "{{school}}", {{page}}) {
              nodes { person { givenName } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
            """))!["data"]!["qualityRecords"]!;
        var names = told["nodes"]!.AsArray().Select(node => (string)node!["person"]!["givenName"]!);
        return ([.. names], told["pageInfo"]!);
    }

    /// <summary>Rule and sourcedId of everything that is found.</summary>
    private async Task<List<string>> FoundAsync() =>
    [
        .. Encoding.UTF8.GetString(await CsvAsync(null)).Split("\r\n")[1..^1]
            .Select(line => line.Split("\",\"")).Select(cells => $"{cells[1]} {cells[4]}")
            .Order(StringComparer.Ordinal),
    ];

    private async Task<byte[]> CsvAsync(Guid? school)
    {
        using var file = new MemoryStream();
        await quality.WriteCsvAsync(TestDistrict.Id, school, file, district.Notes, Ct);
        return file.ToArray();
    }
}
