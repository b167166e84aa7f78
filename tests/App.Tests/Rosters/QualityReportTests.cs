using System.Net;
using System.Text;
using System.Text.Json;

namespace K12Hub.App.Tests.Rosters;

/// <summary>The data quality report of the demo district: as a download, and from the command line.</summary>
public sealed class QualityReportTests(ServedHub served) : IClassFixture<ServedHub>
{
    private HubProcess Hub => served.Hub;

    [Fact]
    public async Task The_file_is_for_whoever_has_the_token_and_nobody_else()
    {
        using var client = Hub.Client();
        using var refused = await client.GetAsync(Address(""), HubProcess.Ct);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token);
        using var answer = await client.GetAsync(Address(""), HubProcess.Ct);
        var file = await answer.Content.ReadAsByteArrayAsync(HubProcess.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Matches(
            "^attachment; filename=\"?data-quality-[0-9-]{10}.csv\"?$",
            answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.StartsWith("\"School\",\"Rule\"", Encoding.UTF8.GetString(file.AsSpan(3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_may_be_that_of_one_school()
    {
        var school = (await Hub.AskAsync("{ schools(first: 1) { nodes { id name } } }"))
            .GetProperty("data").GetProperty("schools").GetProperty("nodes")[0];
        using var client = Hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token);
        var lines = (await client.GetStringAsync(Address($"?school={school.GetProperty("id")}"), HubProcess.Ct))
            .Split("\r\n")[1..^1];
        using var wrong = await client.GetAsync(Address("?school=lincoln"), HubProcess.Ct);

        Assert.NotEmpty(lines);
        var name = $"\"{school.GetProperty("name")}\",";
        Assert.All(lines, line => Assert.StartsWith(name, line, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task The_command_line_tells_scores_and_writes_the_file()
    {
        var file = Path.Combine(served.Folders.Data, "quality.csv");
        using var verb = await HubProcess.RunAsync(
            "roster", "quality", "--json", "--csv", file, "--data", served.Folders.Data);
        Assert.Equal(0, verb.ExitCode);
        var told = JsonElement.Parse(verb.Output);

        Assert.InRange(told.GetProperty("whole").GetProperty("score").GetDouble(), 50, 100);
        Assert.NotEqual(0, told.GetProperty("schools").GetArrayLength());
        var written = told.GetProperty("written").GetInt32();
        Assert.Equal(written + 1, (await File.ReadAllLinesAsync(file, HubProcess.Ct)).Length);
        Assert.Equal(["quality.csv"], Directory.GetFiles(served.Folders.Data, "quality.csv*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_school_that_is_not_there_is_said_so()
    {
        using var verb = await HubProcess.RunAsync(
            "roster", "quality", "--school", Guid.Empty.ToString(), "--data", served.Folders.Data);

        Assert.Equal((3, true), (verb.ExitCode, verb.Errors.Contains("There is no school", StringComparison.Ordinal)));
    }

    private static Uri Address(string query) => new($"/graphql/data-quality.csv{query}", UriKind.Relative);
}
