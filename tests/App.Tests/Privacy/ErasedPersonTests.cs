using System.Text.Json;
using System.Text.RegularExpressions;
using K12Hub.GraphQL.Conventions;
using K12Hub.Roster;
using K12Hub.Testing;

namespace K12Hub.App.Tests.Privacy;

/// <summary>A family with something in every personal field that stands nowhere else, in the real program: what is left
/// when two people have agreed to erase them, and what a dump of before brings back.</summary>
public sealed partial class ErasedPersonTests : IAsyncLifetime
{
    private static readonly string[] Fields =
    [
        "AccountName", "City", "Custody", "Destination", "Email", "Exit", "FamilyName", "Funding", "GivenName",
        "Hold", "Home", "Identifier", "Master", "MiddleName", "Override", "ParentEmail", "ParentFamilyName",
        "ParentGivenName", "ParentPhone", "Phone", "PreferredFamilyName", "PreferredGivenName", "PreferredMiddleName",
        "Pronouns", "Reason", "Release", "Residence", "SignIn", "Sms", "UserId", "Username", "mother", "role", "user",
    ];

    private readonly Folders folders = new();
    private TestDatabase database = null!;
    private string account = "";

    private static CancellationToken Ct => HubProcess.Ct;

    private static string Student => NodeId.Encode("Person", RosterId.Of("sis", "users", Canary("user")))!;

    private static string StudentNode => NodeId.Encode("Student", RosterId.Of("sis", "users", Canary("user")))!;

    private static string Disclosures =>
        $"{{ disclosures(studentId: \"{StudentNode}\") {{ nodes {{ disclosure {{ party interest }} }} }} }}";

    private static string Mother => NodeId.Encode("Person", RosterId.Of("sis", "users", Canary("mother")))!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folders.Dispose();
    }

    [Fact]
    public async Task Nothing_is_left_of_whom_two_people_agreed_to_erase_nor_comes_back_with_an_older_dump()
    {
        using var hub = await HubProcess.ServeAsync(folders.Data, Environment(database));
        await FillAsync(hub);
        Assert.Equal(Fields, CanariesIn(await PgDump.TextAsync(database.ConnectionString, Ct)));
        var yesterday = folders.New("yesterday.dump");
        await PgDump.DumpAsync(database.ConnectionString, yesterday, Ct);

        await ExportAsync(hub);
        await EraseAsync(hub, Student);
        await EraseAsync(hub, Mother);

        var dump = await PgDump.TextAsync(database.ConnectionString, Ct);
        Assert.Empty(CanariesIn(dump));
        Assert.Contains("Maria\tReyes", dump, StringComparison.Ordinal);
        var certificate = (await hub.AskAsync(
            "{ erasures { nodes { state requestedBy decidedBy subjects counts { table rows } } } }")).GetRawText();
        Assert.Contains("accounts.accounts", certificate, StringComparison.Ordinal);
        Assert.Contains(account, certificate, StringComparison.Ordinal);
        Assert.Empty(CanariesIn(certificate + hub.Output + hub.Errors));
        Assert.Contains("\"party\":null", (await hub.AskAsync(Disclosures)).GetRawText(), StringComparison.Ordinal);
        using var users = HubProcess.Start(["user", "list", "--data", folders.Data], Environment(database));
        await users.EndAsync();
        Assert.Contains("disabled", users.Output, StringComparison.Ordinal);
        await hub.StopAsync();

        await using var restored = await TestDatabase.CreateAsync();
        await PgDump.RestoreAsync(restored.ConnectionString, yesterday, Ct);
        Assert.Equal(Fields, CanariesIn(await PgDump.TextAsync(restored.ConnectionString, Ct)));
        using var again = await HubProcess.ServeAsync(folders.Data, Environment(restored));
        var restoredDump = await PgDump.TextAsync(restored.ConnectionString, Ct);
        Assert.Empty(CanariesIn(restoredDump));
        var seen = await again.AskAsync($"{{ node(id: \"{Student}\") {{ ... on Person {{ givenName email }} }} }}");
        Assert.Equal(
            """{"data":{"node":{"givenName":"[erased]","email":null}}}""", seen.GetRawText());
        await again.StopAsync();
    }

    private async Task FillAsync(HubProcess hub)
    {
        await RunAsync("roster", "import", await PackageAsync());
        var file = folders.New("supplement.csv");
        await File.WriteAllLinesAsync(file,
        [
            "sourcedId,guardianSourcedId,homeLanguage,exitReason,exitDestination,fundingCategory,household,custody",
            $"{Canary("user")},,so,{Canary("Exit")},{Canary("Destination")},{Canary("Funding")},{Canary("Home")},",
            $"{Canary("user")},{Canary("mother")},,,,,,{Canary("Custody")}",
        ], Ct);
        await RunAsync("roster", "supplement", file);
        var added = await RunAsync(
            "user", "add", $"{Canary("SignIn")}@example.org", "--name", Canary("AccountName"), "--json");
        account = JsonElement.Parse(added).GetProperty("account").GetString()!;
        await DoAsync(hub, $$"""linkAccountToPerson(input: { accountId: "{{account}}", personId: "{{Mother}}" })""");
        await DoAsync(hub,
            $$"""
            overrideField(input: { personId: "{{Student}}", field: PRONOUNS, value: "{{Canary("Override")}}",
              reason: "{{Canary("Reason")}}", until: "{{DateTimeOffset.UtcNow.AddDays(9):yyyy-MM-dd'T'00:00:00'Z'}}" })
            """);
        await DoAsync(hub, $$"""placeHold(input: { personId: "{{Student}}", reason: "{{Canary("Hold")}}" })""");
        await DoAsync(hub,
            $$"""
            recordDisclosure(input: { studentIds: ["{{StudentNode}}"], records: [MARKS], party: "{{Canary("Party")}}",
              interest: "{{Canary("Interest")}}", basis: CONSENT, means: PAPER, madeOn: "2026-09-01" })
            """);
        Assert.Equal(["Interest", "Party"], CanariesIn((await hub.AskAsync(Disclosures)).GetRawText()));
        var held = await hub.AskAsync(Request(Student));
        Assert.Contains("erasure.held", held.GetRawText(), StringComparison.Ordinal);
        using var verb = HubProcess.Start(
            ["person", "erase", $"{NodeId.Decode<Guid>("Person", Student)}", "--reason", "request 17", "--yes",
                "--data", folders.Data],
            Environment(database));
        await verb.EndAsync();
        Assert.Equal(ExitCodes.Refused, verb.ExitCode);
        Assert.Contains("erasure.held", verb.Errors, StringComparison.Ordinal);
        var hold = (await hub.AskAsync("{ holds { nodes { id } } }")).GetProperty("data").GetProperty("holds")
            .GetProperty("nodes")[0].GetProperty("id");
        await DoAsync(hub, $$"""releaseHold(input: { id: "{{hold}}", reason: "{{Canary("Release")}}" })""");
        await hub.UntilAsync(
            "{ projections { lagInEvents } }",
            data => data.GetProperty("projections").EnumerateArray()
                .All(one => one.GetProperty("lagInEvents").GetInt64() == 0));
    }

    /// <summary>What goes out about the mother is hers, by either way, and lets nobody sign in.</summary>
    private async Task ExportAsync(HubProcess hub)
    {
        var file = folders.New("mother.json");
        await RunAsync("person", "export", $"{NodeId.Decode<Guid>("Person", Mother)}", "--to", file);
        using var client = hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", hub.Token);
        var downloaded = await client.GetStringAsync($"/graphql/person.json?id={Mother}", Ct);
        foreach (var text in (string[])[await File.ReadAllTextAsync(file, Ct), downloaded])
        {
            Assert.Equal(
                [
                    "AccountName", "ParentEmail", "ParentFamilyName", "ParentGivenName", "ParentPhone", "SignIn",
                    "mother",
                ],
                CanariesIn(text));
            Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>One asks, another approves, and the server does it.</summary>
    private async Task EraseAsync(HubProcess hub, string person)
    {
        var asked = await hub.AskAsync(Request(person));
        var id = asked.GetProperty("data").GetProperty("requestErasure").GetProperty("erasure").GetProperty("id");
        var approve = $"mutation {{ approveErasure(input: {{ id: \"{id}\" }}) {{ errors {{ code }} }} }}";
        Assert.Contains("erasure.same_person", (await hub.AskAsync(approve)).GetRawText(), StringComparison.Ordinal);
        var other = (await RunAsync("token", "create", $"other {Guid.NewGuid()}", "--permission", "all")).Trim();
        Assert.Contains("\"errors\":null", (await hub.AskAsync(approve, other)).GetRawText(), StringComparison.Ordinal);
        await hub.UntilAsync(
            $"{{ node(id: \"{id}\") {{ ... on Erasure {{ state }} }} }}",
            data => data.GetProperty("node").GetProperty("state").GetString() == "erased");
    }

    private static string Request(string person) =>
        $$"""
        mutation { requestErasure(input: { personId: "{{person}}", reason: "request 17" }) {
          erasure { id state } errors { code } } }
        """;

    private static async Task DoAsync(HubProcess hub, string mutation)
    {
        var answer = (await hub.AskAsync($"mutation {{ {mutation} {{ errors {{ code }} }} }}")).GetRawText();
        Assert.Contains("\"errors\":null", answer, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] verb)
    {
        using var done = HubProcess.Start([.. verb, "--data", folders.Data], Environment(database));
        await done.EndAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
        Assert.Empty(CanariesIn(done.Errors));
        return done.Output;
    }

    private async Task<string> PackageAsync()
    {
        var folder = folders.New("package");
        Directory.CreateDirectory(folder);
        foreach (var (name, lines) in Family(Canary))
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, name), lines, Ct);
        }

        return folder;
    }

    private static Dictionary<string, string[]> Family(Func<string, string> canary) => new()
    {
        ["manifest.csv"] =
        [
            "propertyName,value", "manifest.version,1.0", "oneroster.version,1.2", "file.orgs,bulk",
            "file.academicSessions,absent", "file.courses,absent", "file.classes,absent", "file.users,bulk",
            "file.roles,bulk", "file.enrollments,absent", "file.demographics,bulk",
        ],
        ["orgs.csv"] =
        [
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
            "district,,,Riverside,district,1,", "lincoln,,,Lincoln Elementary,school,2,district",
        ],
        ["users.csv"] =
        [
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
                + "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
                + "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
            string.Join(',',
                canary("user"), "", "", "true", canary("Username"), $"{{State:{canary("UserId")}}}",
                canary("GivenName"), canary("FamilyName"), canary("MiddleName"), canary("Identifier"),
                canary("Email"), canary("Sms"), canary("Phone"), canary("mother"), "01", "", canary("Master"),
                canary("PreferredGivenName"), canary("PreferredMiddleName"), canary("PreferredFamilyName"), "lincoln",
                canary("Pronouns")),
            $"{canary("mother")},,,true,,,{canary("ParentGivenName")},{canary("ParentFamilyName")},,,"
                + $"{canary("ParentEmail")},,{canary("ParentPhone")},,,,,,,,,",
            "reyes,,,true,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,,,,,,lincoln,",
        ],
        ["roles.csv"] =
        [
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                + "userProfileSourcedId",
            $"{canary("role")},,,{canary("user")},primary,student,2026-08-31,,lincoln,",
            $"r1,,,{canary("mother")},primary,parent,,,lincoln,", "r2,,,reyes,primary,teacher,,,lincoln,",
        ],
        ["demographics.csv"] =
        [
            "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
                + "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
                + "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
                + "publicSchoolResidenceStatus",
            $"{canary("user")},,,2020-02-29,female,true,false,false,false,false,false,true,US,CA,{canary("City")},"
                + canary("Residence"),
        ],
    };

    private static (string Name, string Value)[] Environment(TestDatabase database) =>
    [
        ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
        ("K12HUB__Database__OwnerConnectionString", database.ConnectionString), HubProcess.DemoOf(0),
    ];

    private static string Canary(string field) => $"canary-{field}-nowhere-else";

    // What is said to sign in with is kept in lower case.
    private static string[] CanariesIn(string text) =>
    [
        .. CanaryIn().Matches(text).Select(match => match.Groups[1].Value)
            .Select(field => field == "signin" ? "SignIn" : field).Distinct().Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("canary-([A-Za-z0-9]+)-nowhere-else")]
    private static partial Regex CanaryIn();
}
