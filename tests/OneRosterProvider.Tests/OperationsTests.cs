using System.Net;
using System.Text.Json;
using K12Hub.OneRosterProvider.Asking;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>Each of the standard's 41 operations answers records of the right shape.</summary>
public sealed class OperationsTests(GeneratedHub generated) : IClassFixture<GeneratedHub>
{
    /// <summary>What the standard's definition requires of each object.</summary>
    private static readonly Dictionary<string, string[]> required = new()
    {
        ["orgs"] = ["name", "type", "identifier"],
        ["academicSessions"] = ["title", "startDate", "endDate", "type", "schoolYear"],
        ["courses"] = ["title", "courseCode"],
        ["classes"] = ["title", "course", "school", "terms"],
        ["users"] = ["enabledUser", "givenName", "familyName", "roles"],
        ["enrollments"] = ["user", "class", "school", "role"],
        ["demographics"] = [],
    };

    private HttpClient Client => generated.Client;

    public static TheoryData<string> Templates => [.. ProviderRoute.All.Select(route => route.Template)];

    [Fact]
    public void There_are_41() => Assert.Equal(41, ProviderRoute.All.Count);

    [Theory, MemberData(nameof(Templates))]
    public async Task An_operation_answers_records_of_its_kind(string template)
    {
        var path = await PathOfAsync(template);

        var (answer, body) = await Client.AskAsync(path + "?limit=10000");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var envelope = Assert.Single(body.EnumerateObject());
        if (template.EndsWith('*'))
        {
            Assert.Equal(OneOf(ManyOf(template[..^2])), envelope.Name);
            AssertShape(ManyOf(template[..^2]), envelope.Value);
            return;
        }

        Assert.Equal(ManyOf(template.Split('/')[^1]), envelope.Name);
        Assert.NotEmpty(envelope.Value.EnumerateArray());
        Assert.Equal(envelope.Value.GetArrayLength(), Json.Total(answer));
        Assert.All(envelope.Value.EnumerateArray(), record => AssertShape(envelope.Name, record));
    }

    [Theory, MemberData(nameof(Templates))]
    public async Task An_operation_on_a_record_that_is_not_there_is_404(string template)
    {
        if (!template.Contains('*')) return;

        var path = await PathOfAsync(template);
        var parts = path.Split('/');
        for (var i = 1; i < parts.Length; i += 2)
        {
            var wrong = string.Join('/', parts.Select((part, place) => place == i ? "nobody%2Fhere" : part));
            Assert.Equal((404, "unknownobject"), await Client.RefusalAsync(wrong));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("pupils")]
    [InlineData("schools/x/classes/y")]
    [InlineData("schools//classes")]
    [InlineData("orgs/")]
    [InlineData("discovery/other")]
    public async Task What_is_no_operation_is_404(string path) =>
        Assert.Equal((404, "unknownobject"), await Client.RefusalAsync(path));

    [Fact]
    public async Task Rosters_can_be_read_only()
    {
        using var content = new StringContent("{}");
        using var answer = await Client.PutAsync(new Uri("users", UriKind.Relative), content, ProviderHub.Ct);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task References_lead_to_what_they_name()
    {
        var enrollment = (await Client.RowsAsync("enrollments?limit=1"))[0];
        foreach (var name in (string[])["user", "class", "school"])
        {
            var reference = enrollment.GetProperty(name);
            var (answer, body) = await Client.AskAsync(
                reference.GetProperty("href").GetString()![Client.BaseAddress!.ToString().Length..]);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var found = Assert.Single(body.EnumerateObject());
            Assert.Equal(reference.GetProperty("type").GetString(), found.Name);
            Assert.Equal(reference.GetProperty("sourcedId").GetString(), Json.Id(found.Value));
        }
    }

    [Fact]
    public async Task What_has_ended_is_to_be_deleted()
    {
        var ended = await Client.IdsAsync("enrollments?limit=10000&filter=status='tobedeleted'");
        var stored = await generated.Hub.ListAsync(
            "select sourced_id from roster.enrollments where ended_at is not null order by sourced_id collate \"C\"");

        Assert.NotEmpty(stored);
        Assert.Equal(stored, ended);
    }

    private static void AssertShape(string many, JsonElement record)
    {
        var route = ProviderRoute.All.First(route => ManyOf(route.Template) == many && !route.IsOne);
        var known = Answering.RecordJson.Of(route.List).Select(property => property.Name);
        var names = record.EnumerateObject().Select(property => property.Name).ToList();

        Assert.Empty(((string[])["sourcedId", "status", "dateLastModified", .. required[many]]).Except(names));
        Assert.Empty(names.Except(known));
        Assert.Contains(record.GetProperty("status").GetString(), (string[])["active", "tobedeleted"]);
        Assert.Matches(
            @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", record.GetProperty("dateLastModified").GetString());
    }

    /// <summary>A path with keys of records that have something.</summary>
    private async Task<string> PathOfAsync(string template)
    {
        var student = (await Client.RowsAsync("enrollments?limit=1&filter=role='student' AND status='active'"))[0];
        var teacher = (await Client.RowsAsync("enrollments?limit=1&filter=role='teacher' AND status='active'"))[0];
        var one = (await Client.AskAsync("classes/" + Of(student, "class"))).Body.GetProperty("class");
        var keys = new Dictionary<string, string>
        {
            ["orgs"] = Of(student, "school"), ["schools"] = Of(student, "school"), ["classes"] = Of(student, "class"),
            ["courses"] = Of(one, "course"), ["terms"] = Of(one.GetProperty("terms")[0]),
            ["academicSessions"] = (await Client.IdsAsync("academicSessions"))[0],
            ["gradingPeriods"] = (await Client.IdsAsync("gradingPeriods"))[0], ["users"] = Of(student, "user"),
            ["students"] = Of(student, "user"), ["teachers"] = Of(teacher, "user"),
            ["enrollments"] = Json.Id(student), ["demographics"] = (await Client.IdsAsync("demographics"))[0],
        };
        var parts = template.Split('/');
        for (var i = 1; i < parts.Length; i += 2) parts[i] = Uri.EscapeDataString(keys[parts[i - 1]]);
        return string.Join('/', parts);
    }

    private static string Of(JsonElement record, string reference) => Of(record.GetProperty(reference));

    private static string Of(JsonElement reference) => reference.GetProperty("sourcedId").GetString()!;

    private static string ManyOf(string list) => list switch
    {
        "schools" => "orgs",
        "terms" or "gradingPeriods" => "academicSessions",
        "students" or "teachers" => "users",
        _ => list,
    };

    private static string OneOf(string many) => many switch
    {
        "demographics" => "demographics",
        "classes" => "class",
        _ => many[..^1],
    };
}
