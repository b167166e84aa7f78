using System.Text.Json.Nodes;

namespace K12Hub.Roster.Tests;

/// <summary>Held runs over the API.</summary>
public sealed class DecidingTests : IAsyncLifetime
{
    private RosterHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await RosterHub.WithAsync(Package.Version12());
        await hub.District.ImportAsync(Package.Version12().Without("demographics.csv", "leo", "mia")
            .Without("enrollments.csv", "e1"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_held_run_shows_what_it_would_do_and_is_applied()
    {
        var run = await HeldAsync();
        Assert.Equal(
            """
            [{"collection":"demographics","schoolName":null,"inForce":2,"ended":2,"endedPercent":100,"school":null},
            {"collection":"enrollments","schoolName":"Lincoln Elementary","inForce":2,"ended":1,"endedPercent":50,
            "school":{"name":"Lincoln Elementary"}}]
            """.ReplaceLineEndings(""),
            run["proposedChanges"]!["nodes"]!.ToJsonString());
        Assert.Equal(
            """
            {"data":{"applySyncRun":{"syncRun":{"status":"applied",
            "decisions":[{"status":"applied","decidedBy":"test"}]},"errors":null}}}
            """.ReplaceLineEndings(""),
            await DecideAsync("applySyncRun", run, ""));
    }

    [Fact]
    public async Task A_rejected_run_cannot_be_applied_any_more()
    {
        var run = await HeldAsync();
        Assert.Contains("\"status\":\"declined\"", await DecideAsync("rejectSyncRun", run, """, reason: "Half." """),
            StringComparison.Ordinal);
        Assert.Contains("\"code\":\"roster.run_not_held\"", await DecideAsync("applySyncRun", run, ""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_decides_nothing()
    {
        var run = await HeldAsync();
        var answer = await DecideAsync("applySyncRun", run, "", "roster.read", "roster.runs.read");
        Assert.Contains("\"errors\"", answer, StringComparison.Ordinal);
        Assert.Equal("held", (string)(await HeldAsync())["status"]!);
    }

    private async Task<JsonNode> HeldAsync() => JsonNode.Parse(await hub.AskAsync("""
        { syncRuns(first: 1) { nodes { id status proposedChanges { nodes {
          collection schoolName inForce ended endedPercent school { name } } } } } }
        """))!["data"]!["syncRuns"]!["nodes"]![0]!;

    private Task<string> DecideAsync(string mutation, JsonNode run, string more, params string[] permissions) =>
        hub.AskAsync($$"""
            mutation { {{mutation}}(input: { id: "{{run["id"]}}"{{more}} }) {
              syncRun { status decisions { status decidedBy } } errors { ... on Error { code } } } }
            """, permissions);
}
