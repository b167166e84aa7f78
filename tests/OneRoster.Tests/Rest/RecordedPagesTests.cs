using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests.Rest;

/// <summary>Pages recorded from real servers, served again. They are not part of this repository: K12HUB_SAMPLES names
/// a folder of sets, each with a README.md whose table says how many rows the pages of each collection have.</summary>
public sealed partial class RecordedPagesTests
{
    [Fact]
    public async Task Every_set_of_pages_arrives_row_by_row()
    {
        var root = Environment.GetEnvironmentVariable("K12HUB_SAMPLES");
        if (root is null) Assert.Skip("K12HUB_SAMPLES does not name a folder of OneRoster sets.");

        var folders = Directory.EnumerateFiles(root, "*.headers", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!).Distinct().ToList();
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            await ArrivesAsync(folder, 1_000);
            await ArrivesAsync(folder, 137);
        }
    }

    private static async Task ArrivesAsync(string folder, int pageSize)
    {
        await using var served = await Served.PagesAsync(folder.Contains("1.1") ? "1.1" : "1.2", folder);
        var read = await served.ReadAsync(served.Settings(pageSize: pageSize));
        TestContext.Current.TestOutputHelper?.WriteLine($"{folder}: {string.Join(", ", read.Rules)}");

        Assert.Empty(read.Refusals);
        var counts = Counts(folder);
        Assert.NotEmpty(counts);
        foreach (var (collection, rows) in counts) Assert.Equal((rows, 0), read.Rows[collection]);
        Assert.Equal(Sent(folder, "users", User), Texts<UserRecord>(read, Text));
        Assert.Equal(Sent(folder, "enrollments", Enrollment), Texts<EnrollmentRecord>(read, Text));
        Assert.Equal(Sent(folder, "classes", Class), Texts<ClassRecord>(read, Text));
    }

    private static string Text(UserRecord user) => string.Join('|',
        user.SourcedId, user.Username, user.GivenName, user.FamilyName, user.Email, user.Status is RecordStatus.Active,
        string.Join(',', user.AgentSourcedIds), string.Join(',', user.Grades), user.EnabledUser,
        string.Join(',', user.Roles.Select(role => $"{role.Role}@{role.OrgSourcedId}")));

    private static string User(JsonElement user) => string.Join('|',
        Value(user, "sourcedId"), Value(user, "username"), Value(user, "givenName"), Value(user, "familyName"),
        Value(user, "email"), Value(user, "status") == "active", Ids(user, "agents"), Items(user, "grades"),
        Value(user, "enabledUser").ToLowerInvariant() is "true",
        user.TryGetProperty("roles", out var roles)
            ? string.Join(',', roles.EnumerateArray().Select(role => $"{Value(role, "role")}@{Ref(role, "org")}"))
            : string.Join(',', user.GetProperty("orgs").EnumerateArray()
                .Select(org => $"{Value(user, "role")}@{Value(org, "sourcedId")}")));

    private static string Text(EnrollmentRecord seat) => string.Join('|',
        seat.SourcedId, seat.ClassSourcedId, seat.UserSourcedId, seat.SchoolSourcedId, seat.Role,
        seat.BeginDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string Enrollment(JsonElement seat) => string.Join('|',
        Value(seat, "sourcedId"), Ref(seat, "class"), Ref(seat, "user"), Ref(seat, "school"), Value(seat, "role"),
        Value(seat, "beginDate").Replace("0001-01-01", "", StringComparison.Ordinal));

    private static string Text(ClassRecord taught) => string.Join('|',
        taught.SourcedId, taught.Title, taught.ClassCode, taught.CourseSourcedId, taught.SchoolSourcedId,
        string.Join(',', taught.TermSourcedIds), string.Join(',', taught.Periods));

    private static string Class(JsonElement taught) => string.Join('|',
        Value(taught, "sourcedId"), Value(taught, "title"), Value(taught, "classCode"), Ref(taught, "course"),
        Ref(taught, "school"), Ids(taught, "terms"), Items(taught, "periods"));

    private static string Value(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : "";

    private static string Ref(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? Value(value, "sourcedId") : "";

    private static string Ids(JsonElement of, string name) => of.TryGetProperty(name, out var list)
        ? string.Join(',', list.EnumerateArray().Select(item => Value(item, "sourcedId"))) : "";

    private static string Items(JsonElement of, string name) => of.TryGetProperty(name, out var list)
        ? string.Join(',', list.EnumerateArray().Select(item => item.ToString())) : "";

    private static IReadOnlyList<string> Texts<T>(ReadPackage read, Func<T, string> text) where T : RosterRecord =>
        [.. read.Records.OfType<T>().Select(text).Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Sent(string folder, string collection, Func<JsonElement, string> text)
    {
        var all = new List<string>();
        foreach (var page in Directory.EnumerateFiles(folder, collection + ".0*.json"))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(page));
            all.AddRange(json.RootElement.GetProperty(collection).EnumerateArray().Select(text));
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, long> Counts(string folder) =>
        TableRow().Matches(File.ReadAllText(Path.Combine(folder, "..", "README.md")))
            .Where(row => row.Groups["where"].Value == Path.GetFileName(folder))
            .ToDictionary(row => row.Groups["name"].Value,
                row => long.Parse(row.Groups["rows"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\| (?<where>[^/|]+)/(?<name>\w+)\.NNNNNN\.json [^|]*\| (?<rows>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
