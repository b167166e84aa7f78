using System.Net;
using System.Text.RegularExpressions;

namespace K12Hub.App.Tests;

public sealed partial class ServingTests(ServedHub served) : IClassFixture<ServedHub>
{
    private HubProcess Hub => served.Hub;

    [Fact]
    public void Standard_output_is_one_ready_line_and_three_queries_to_paste()
    {
        var lines = Hub.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(4, lines.Length);
        Assert.Matches("^K12Hub ready at http://127\\.0\\.0\\.1:[0-9]+ token=[A-Za-z0-9_-]{43}$", lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith($"curl -s {Hub.Address}/graphql ", line));
    }

    [Fact]
    public async Task The_printed_queries_answer_with_the_demo_district()
    {
        foreach (var query in Queries())
        {
            var answer = await Hub.AskAsync(query);

            Assert.False(answer.TryGetProperty("errors", out var errors), $"{query}: {errors}");
            var list = answer.GetProperty("data").EnumerateObject().First().Value;
            Assert.NotEqual(0, list.GetProperty("nodes").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_question_in_everyday_words_leads_to_whom_one_asks()
    {
        const string Question =
            """
            { findHelp(text: "perdió su pase de autobús") { area { key contacts { personName position { key } } } } }
            """;

        // The words follow the areas.
        await Hub.UntilAsync(Question, data => data.GetProperty("findHelp").GetArrayLength() > 0);
        var answer = await Hub.AskAsync(Question);

        var area = answer.GetProperty("data").GetProperty("findHelp")[0].GetProperty("area");
        var first = area.GetProperty("contacts")[0];
        Assert.Equal("bus-passes", area.GetProperty("key").GetString());
        Assert.Equal("bus-dispatcher", first.GetProperty("position").GetProperty("key").GetString());
        Assert.NotEmpty(first.GetProperty("personName").GetString()!);
    }

    [Fact]
    public async Task The_printed_lines_work_in_a_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/curl"), "Needs curl and a shell.");
        var line = Hub.Output.Split('\n').First(line => line.StartsWith("curl", StringComparison.Ordinal));

        var answer = await Shell.RunAsync(Repository.Root, line);

        Assert.Contains("\"schools\"", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_answered_over_OneRoster_where_no_client_is_named()
    {
        using var client = Hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token);

        using var answer = await client.GetAsync(
            new Uri("/ims/oneroster/rostering/v1p2/orgs", UriKind.Relative), HubProcess.Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YWxhZGRpbjpvcGVuc2VzYW1l")]
    public async Task Without_the_token_the_api_answers_401_and_no_data(string? authorization)
    {
        using var client = Hub.Client();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        using var content = new StringContent(
            """{"query":"{ __typename }"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content, HubProcess.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("data", await answer.Content.ReadAsStringAsync(HubProcess.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_explorer_is_not_there_unless_somebody_wants_it()
    {
        using var client = Hub.Client();
        using var explorer = await client.GetAsync(new Uri("/explorer", UriKind.Relative), HubProcess.Ct);

        Assert.Equal(HttpStatusCode.NotFound, explorer.StatusCode);
    }

    [Fact]
    public async Task Whoever_has_the_token_gets_the_schema_as_text_and_nobody_else()
    {
        using var client = Hub.Client();
        var address = new Uri("/graphql/schema.graphql", UriKind.Relative);
        using var refused = await client.GetAsync(address, HubProcess.Ct);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token);
        var schema = await client.GetStringAsync(address, HubProcess.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("type Query {", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_can_ask_what_there_is_to_ask()
    {
        var answer = await Hub.AskAsync("{ __schema { queryType { fields { name } } } }");

        var fields = answer.GetProperty("data").GetProperty("__schema").GetProperty("queryType").GetProperty("fields")
            .EnumerateArray().Select(field => field.GetProperty("name").GetString());
        Assert.Superset(
            new HashSet<string?>
            {
                "schools", "organizations", "students", "staff", "guardians", "classes", "enrollments",
                "academicSessions", "syncRuns", "node", "nodes",
            },
            fields.ToHashSet());
    }

    [Fact]
    public async Task A_host_name_that_is_not_ours_is_refused()
    {
        using var client = Hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "rebound.example";

        using var answer = await client.SendAsync(request, HubProcess.Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_callers_mistake_is_told_to_the_caller_and_not_logged()
    {
        var answer = await Hub.AskAsync("""{ node(id: "nonsense") { id } }""");

        Assert.Contains("ID_INVALID", answer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("GraphQLException", Hub.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/graphql")]
    [InlineData("/nothing-here")]
    public async Task Every_answer_tells_browsers_to_load_and_keep_nothing(string path)
    {
        using var client = Hub.Client();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HubProcess.Ct);

        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Health_is_live_and_ready_also_for_the_health_verb()
    {
        using var client = Hub.Client();

        Assert.Equal("live", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), HubProcess.Ct));
        Assert.Equal("ready", await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), HubProcess.Ct));
        using var asked = await HubProcess.RunAsync("health", "--urls", Hub.Address);
        Assert.Equal(0, asked.ExitCode);
    }

    [Fact]
    public async Task The_token_can_be_read_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        var mode = await Shell.RunAsync(served.Folders.Data, "ls -l token");

        Assert.StartsWith("-rw-------", mode.Output);
    }

    [Fact]
    public async Task A_roster_is_proposed_beside_the_running_server_and_seen_by_it()
    {
        var package = await served.Folders.PackageAsync(150);

        using var import = await HubProcess.RunAsync(
            "roster", "propose", package, "--json", "--data", served.Folders.Data);

        Assert.True(import.ExitCode == 0, import.Errors);
        var runs = await Hub.AskAsync("{ syncRuns { totalCount } }");
        Assert.True(runs.GetProperty("data").GetProperty("syncRuns").GetProperty("totalCount").GetInt32() >= 2);
    }

    [Fact]
    public async Task The_outbox_is_seen_and_handled_beside_the_running_server()
    {
        using var status = await HubProcess.RunAsync("outbox", "status", "--json", "--data", served.Folders.Data);
        using var retry = await HubProcess.RunAsync("outbox", "retry", "999", "--json", "--data", served.Folders.Data);

        Assert.Equal((0, """{"kinds":[],"deadLetters":[]}"""), (status.ExitCode, status.Output.Trim()));
        Assert.Equal((2, """{"id":999,"done":false}"""), (retry.ExitCode, retry.Output.Trim()));
    }

    private IEnumerable<string> Queries() => QueryIn().Matches(Hub.Output).Select(match => match.Groups[1].Value);

    [GeneratedRegex("-d '\\{\"query\":\"([^\"]+)\"\\}'")]
    private static partial Regex QueryIn();
}
