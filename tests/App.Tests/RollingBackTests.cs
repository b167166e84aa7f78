using System.Text.Json;

namespace K12Hub.App.Tests;

/// <summary>A run is taken back over HTTP, and at the command line beside the running server.</summary>
public sealed class RollingBackTests : IAsyncLifetime
{
    // The demo district, and the same some school days later.
    private const int Students = 200;
    private const int Day = 40;

    private readonly Folders folders = new();
    private HubProcess hub = null!;
    private List<string> before = [];
    private Run first = null!;
    private Run second = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await HubProcess.ServeAsync(folders.Data);
        before = await StudentsAsync();
        second = await ApplyAsync();
        first = (await RunsAsync())[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await hub.StopAsync();
        hub.Dispose();
        folders.Dispose();
    }

    [Fact]
    public async Task Over_http_the_newest_run_is_taken_back_and_asking_twice_changes_nothing()
    {
        Assert.NotEqual(before, await StudentsAsync());
        const string done = """
            {"syncRun":{"status":"rolledBack","decisions":[{"status":"applied"},{"status":"rolledBack"}]},"errors":null}
            """;

        Assert.Equal(done, await RollBackAsync(second));
        Assert.Equal(before, await StudentsAsync());
        Assert.Equal(done, await RollBackAsync(second));
        Assert.Equal(before, await StudentsAsync());
    }

    [Fact]
    public async Task Over_http_a_run_before_it_is_refused_and_told_what_stands_in_the_way()
    {
        var after = await StudentsAsync();
        Assert.Equal(
            $$"""
            {"syncRun":null,"errors":[{"code":"roster.run_not_newest",
            "message":"Run {{second.Key}} was applied after it and stands in the way. Roll that one back first."}]}
            """.ReplaceLineEndings(""),
            await RollBackAsync(first));
        Assert.Equal(after, await StudentsAsync());
    }

    [Fact]
    public async Task At_the_command_line_a_run_is_taken_back_and_applied_again()
    {
        using var refused = await RosterAsync("rollback", first.Key, "--json");
        Assert.Equal(ExitCodes.Refused, refused.ExitCode);
        Assert.Contains(second.Key, refused.Errors, StringComparison.Ordinal);
        Assert.Contains("roster.run_not_newest", refused.Errors, StringComparison.Ordinal);
        var after = await StudentsAsync();

        for (var time = 0; time < 2; time++)
        {
            using var done = await RosterAsync("rollback", second.Key, "--json");
            Assert.Equal(
                (0, $$"""{"run":"{{second.Key}}","status":"rolledBack"}"""), (done.ExitCode, done.Output.Trim()));
            Assert.Equal(before, await StudentsAsync());
        }

        await ApplyAsync();
        Assert.Equal(after, await StudentsAsync());
    }

    /// <summary>Takes the later day in, past what would hold it.</summary>
    private async Task<Run> ApplyAsync()
    {
        using var proposed = await RosterAsync("propose", await folders.PackageAsync(Students, Day), "--json");
        Assert.True(proposed.ExitCode == 0, proposed.Errors);
        var run = (await RunsAsync())[0];
        using var applied = await RosterAsync("apply", run.Key);
        Assert.True(applied.ExitCode == 0, applied.Errors);
        return run;
    }

    private Task<HubProcess> RosterAsync(params string[] verb) =>
        HubProcess.RunAsync(["roster", .. verb, "--data", folders.Data]);

    /// <summary>All runs, the latest first.</summary>
    private async Task<List<Run>> RunsAsync()
    {
        using var listed = await RosterAsync("runs", "--json");
        var keys = JsonElement.Parse(listed.Output).EnumerateArray().Select(run => run.GetProperty("run").GetString()!);
        var runs = await hub.AskAsync("{ syncRuns(first: 100) { nodes { id } } }");
        var ids = runs.GetProperty("data").GetProperty("syncRuns").GetProperty("nodes").EnumerateArray()
            .Select(run => run.GetProperty("id").GetString()!);
        return [.. ids.Zip(keys, (id, key) => new Run(id, key))];
    }

    private async Task<string> RollBackAsync(Run run)
    {
        var answer = await hub.AskAsync($$"""
            mutation { rollBackSyncRun(input: { id: "{{run.Id}}" }) {
              syncRun { status decisions { status } } errors { code message } } }
            """);
        return JsonSerializer.Serialize(answer.GetProperty("data").GetProperty("rollBackSyncRun"));
    }

    /// <summary>All students as somebody reads them.</summary>
    private async Task<List<string>> StudentsAsync()
    {
        var (all, after) = (new List<string>(), "null");
        for (var more = true; more;)
        {
            var answer = await hub.AskAsync($$"""
                { students(first: 100, after: {{after}}) {
                    nodes { id givenName familyName grade school { id } }
                    pageInfo { hasNextPage endCursor } } }
                """);
            var page = answer.GetProperty("data").GetProperty("students");
            all.AddRange(page.GetProperty("nodes").EnumerateArray().Select(student => student.GetRawText()));
            var info = page.GetProperty("pageInfo");
            (more, after) = (info.GetProperty("hasNextPage").GetBoolean(), info.GetProperty("endCursor").GetRawText());
        }

        return all;
    }

    /// <param name="Id">As the API names it.</param>
    /// <param name="Key">As the command line does.</param>
    private sealed record Run(string Id, string Key);
}
