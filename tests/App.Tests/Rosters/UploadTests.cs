using System.Net.Http.Headers;
using System.Text.Json;
using K12Hub.District;
using K12Hub.District.Serving;

namespace K12Hub.App.Tests.Rosters;

/// <summary>People send packages, and ask for imports, over the API.</summary>
public sealed class UploadTests : IDisposable
{
    private const string Upload =
        """
        mutation($file: Upload!, $source: String!, $again: Boolean, $look: Boolean) {
          uploadRoster(input: { file: $file, source: $source, again: $again, proposeOnly: $look }) {
            rosterUpload { checksum run { status } } errors { code }
          }
        }
        """;

    private const string Runs = "{ syncRuns(order: [{ startedAt: ASC }]) { nodes { source status origin } } }";

    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_package_that_is_sent_is_imported_once_unless_it_is_meant()
    {
        using var hub = await HubProcess.ServeAsync(folders.Data, HubProcess.DemoOf(0));
        var package = await folders.PackageAsync(100);

        var sent = (await SendAsync(hub, package)).GetProperty("rosterUpload");
        var ask = $"{{ rosterUpload(source: \"sis\", checksum: \"{sent.GetProperty("checksum")}\") "
            + "{ run { status origin } } }";
        await hub.UntilAsync(ask, told => told.GetProperty("rosterUpload").GetProperty("run").ValueKind
            is not JsonValueKind.Null);

        Assert.Equal(
            """{"data":{"rosterUpload":{"run":{"status":"applied","origin":"district-100-0.zip"}}}}""",
            $"{await hub.AskAsync(ask)}");
        Assert.Equal("roster.package_read_before", CodeOf(await SendAsync(hub, package)));
        Assert.Equal(JsonValueKind.Null, (await SendAsync(hub, package, again: true)).GetProperty("errors").ValueKind);
        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"unchanged\"", StringComparison.Ordinal));
        await HubProcess.UntilAsync(() => Task.FromResult(
            Directory.GetFileSystemEntries(Path.Combine(folders.Data, "uploads")).Length == 0));
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_package_is_looked_at_first_where_that_is_wanted_and_refused_where_it_makes_no_sense()
    {
        using var hub = await HubProcess.ServeAsync(folders.Data, HubProcess.DemoOf(0));
        var package = await folders.PackageAsync(100);
        var empty = folders.New("empty.zip");
        var broken = folders.New("broken.zip");
        await File.WriteAllTextAsync(empty, "", HubProcess.Ct);
        await File.WriteAllTextAsync(broken, "no zip", HubProcess.Ct);

        Assert.Equal("roster.package_empty", CodeOf(await SendAsync(hub, empty)));
        Assert.Equal("roster.unknown_source", CodeOf(await SendAsync(hub, package, "siss")));
        await SendAsync(hub, package, look: true);
        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"held\"", StringComparison.Ordinal));
        await SendAsync(hub, broken);
        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"rejected\"", StringComparison.Ordinal));

        Assert.Equal("roster.package_read_before", CodeOf(await SendAsync(hub, broken)));
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_source_of_the_settings_is_imported_when_somebody_asks_for_it()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(100)), HubProcess.Ct);
        const string Rest = "K12HUB__OneRoster__Sources__sis__";
        using var hub = await HubProcess.ServeAsync(
            folders.Data, (Rest + "BaseUrl", server.Base12), (Rest + "TokenUrl", server.TokenUrl),
            (Rest + "ClientId", RestServer.Id), (Rest + "ClientSecret", RestServer.Secret),
            (Rest + "AllowLoopback", "true"), ("K12HUB__Roster__Sources__sis__Schedule", ""),
            HubProcess.DemoOf(0));

        var first = await hub.AskAsync(Import("sis", "false"));
        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"applied\"", StringComparison.Ordinal));
        await hub.AskAsync(Import("sis", "true"));
        await hub.UntilAsync(Runs, runs => $"{runs}".Contains("\"unchanged\"", StringComparison.Ordinal));

        Assert.Equal(
            """{"data":{"importSource":{"rosterSource":{"name":"sis"},"errors":null}}}""", $"{first}");
        Assert.Contains(server.Requests, request => request.Target.Contains("filter=", StringComparison.Ordinal));
        Assert.Contains(
            "roster.source_not_asked", $"{await hub.AskAsync(Import("hr", "true"))}", StringComparison.Ordinal);
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_folder_of_the_settings_is_imported_by_its_name()
    {
        var drop = Directory.CreateDirectory(folders.New("drop")).FullName;
        var package = await folders.PackageAsync(100);
        File.SetLastWriteTimeUtc(package, DateTime.UtcNow - TimeSpan.FromHours(1));
        File.Move(package, Path.Combine(drop, "roster.zip"));

        Assert.Equal((ExitCodes.Done, "applied"), await ImportAsync(drop));
        Assert.Equal((ExitCodes.Done, "unchanged"), await ImportAsync(drop));
        File.SetLastWriteTimeUtc(Path.Combine(drop, "roster.zip"), DateTime.UtcNow);
        Assert.Equal((ExitCodes.Refused, "refused"), await ImportAsync(drop));
        Directory.Delete(drop, recursive: true);
        Assert.Equal((ExitCodes.BadInput, "rejected"), await ImportAsync(drop));
    }

    private async Task<(int ExitCode, string? Status)> ImportAsync(string drop)
    {
        using var import = HubProcess.Start(
            ["roster", "import", "hr", "--json", "--data", folders.Data], ("K12HUB__OneRoster__Folders__hr", drop));
        await import.EndAsync();
        using var outcome = JsonDocument.Parse(import.Output);
        return (import.ExitCode, outcome.RootElement.GetProperty("status").GetString());
    }

    private static string Import(string name, string changesOnly) =>
        $"mutation {{ importSource(input: {{ name: \"{name}\", changesOnly: {changesOnly} }}) "
        + "{ rosterSource { name } errors { code } } }";

    private static string? CodeOf(JsonElement payload) =>
        payload.GetProperty("errors")[0].GetProperty("code").GetString();

    private static async Task<JsonElement> SendAsync(
        HubProcess hub, string package, string source = "sis", bool again = false, bool look = false)
    {
        using var client = hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", hub.Token);
        client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        var variables = new { file = (string?)null, source, again, look };
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(new { query = Upload, variables })), "operations" },
            { new StringContent("""{"0":["variables.file"]}"""), "map" },
        };
        var file = new ByteArrayContent(await File.ReadAllBytesAsync(package, HubProcess.Ct));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        form.Add(file, "0", Path.GetFileName(package));
        using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), form, HubProcess.Ct);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(HubProcess.Ct));
        Assert.False(json.TryGetProperty("errors", out var errors), $"{errors}");
        return json.GetProperty("data").GetProperty("uploadRoster");
    }
}
