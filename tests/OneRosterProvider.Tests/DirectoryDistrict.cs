using System.Net;
using System.Text.Json;
using K12Hub.District;
using K12Hub.GraphQL.Conventions;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>A district whose client may have directory information only, and what is said of it there.</summary>
internal static class DirectoryDistrict
{
    public const string Everything = "NAME, EMAIL, TELEPHONE, GRADE_LEVEL, SCHOOL, BIRTH, ATTENDANCE_DATES";

    private static readonly (string, string)[] only =
    [
        ("OneRoster:Provider:Clients:reader:Basis", "directoryInformation"),
        ("OneRoster:Provider:Clients:reader:Party", "Yearbook Inc"),
        ("OneRoster:Provider:RequestsPerMinute", "100000"),
    ];

    public static string Today => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", null);

    public static async Task<ProviderHub> WithStudentsAsync(string version)
    {
        var hub = await ProviderHub.StartAsync(only);
        await GeneratedHub.ImportAsync(hub, new DistrictPlan(100), version);
        return hub;
    }

    public static JsonElement Role(JsonElement person) =>
        Assert.Single(person.GetProperty("roles").EnumerateArray());

    public static async Task<int> TotalAsync(HttpClient client, string path)
    {
        var (answer, body) = await client.AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(body.EnumerateObject().Single().Value.GetArrayLength() <= Json.Total(answer));
        return Json.Total(answer);
    }

    public static async Task<int[]> TotalsAsync(HttpClient client) =>
    [
        await TotalAsync(client, "users"), await TotalAsync(client, "students"),
        await TotalAsync(client, "demographics"),
    ];

    public static async Task<List<string>> StudentsAsync(ProviderHub hub, int count) => await hub.ListAsync(
        $"""
        select id from roster.people p where is_student and ended_at is null and school_id is not null
           and exists (select from roster.demographics d where d.person_id = p.id and d.birth_date is not null)
         order by id limit {count}
        """);

    public static Task<List<string>> NamesAsync(ProviderHub hub, IEnumerable<string> ids) => hub.ListAsync(
        $"select family_name from roster.people where id::text in ('{string.Join("', '", ids)}')");

    public static async Task NameAsync(ProviderHub hub, string categories, string? terms = null) =>
        Assert.DoesNotContain("\"code\"", await hub.AskAsync(
            $$"""
            mutation { setDirectoryInformation(input: { categories: [{{categories}}],
              {{terms ?? $"noticeDate: \"{Today}\", limitedTo: []"}} }) {
                directoryInformation { noticeDate } errors { code } } }
            """), StringComparison.Ordinal);

    public static async Task OptOutAsync(ProviderHub hub, string student, string categories) =>
        Assert.DoesNotContain(
            "\"code\"", await hub.AskAsync(Saying("optOut", student, categories)), StringComparison.Ordinal);

    public static Task<string> ConsentAsync(ProviderHub hub, string student, string categories) =>
        hub.AskAsync(Saying("setDirectoryConsent", student, categories, "isNeeded: true,"));

    public static string Saying(string mutation, string student, string categories, string more = "") =>
        $$"""
        mutation { {{mutation}}(input: { studentId: "{{NodeId.Encode("Student", Guid.Parse(student))}}", {{more}}
          categories: [{{categories}}], since: "2026-09-01", by: "mother" }) {
            directoryChoice { studentId } errors { code } } }
        """;
}
