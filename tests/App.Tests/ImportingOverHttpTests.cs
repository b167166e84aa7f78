using System.Text.Json;
using K12Hub.District;
using K12Hub.District.Serving;

namespace K12Hub.App.Tests;

public sealed class ImportingOverHttpTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_system_of_the_settings_is_imported_by_its_name()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(100)), HubProcess.Ct);

        using var first = await ImportAsync(server, "sis");
        using var second = await ImportAsync(server, "sis", "--changes");

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal("applied", Outcome(first).GetProperty("status").GetString());
        Assert.True(Outcome(first).GetProperty("counts").GetProperty("users").GetProperty("added").GetInt32() > 100);
        Assert.Equal("unchanged", Outcome(second).GetProperty("status").GetString());
        Assert.Contains(server.Requests, request => request.Target.Contains("filter=dateLastModified"));
        Assert.DoesNotContain(RestServer.Secret, first.Output + first.Errors + second.Output + second.Errors);
        Assert.False(Directory.Exists(Path.Combine(folders.Data, "rosters", "sis")));
    }

    [Fact]
    public async Task A_system_that_does_not_know_us_is_recorded_as_rejected()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(100)), HubProcess.Ct);

        using var import = await ImportAsync(server, "wrong");

        Assert.Equal(ExitCodes.BadInput, import.ExitCode);
        Assert.Equal("rejected", Outcome(import).GetProperty("status").GetString());
        Assert.Equal("rest.unauthorized", Outcome(import).GetProperty("findings")[0].GetProperty("rule").GetString());
    }

    private async Task<HubProcess> ImportAsync(RestServer server, string source, params string[] more)
    {
        var secret = folders.New("secret");
        await File.WriteAllTextAsync(secret, (source == "sis" ? RestServer.Secret : "guess") + "\n", HubProcess.Ct);
        var prefix = $"K12HUB__OneRoster__Sources__{source}__";
        var import = HubProcess.Start(
            ["roster", "import", source, "--json", "--data", folders.Data, .. more],
            (prefix + "BaseUrl", server.Base12), (prefix + "TokenUrl", server.TokenUrl),
            (prefix + "ClientId", RestServer.Id), (prefix + "ClientSecret_FILE", secret),
            (prefix + "AllowLoopback", "true"));
        await import.EndAsync();
        return import;
    }

    private static JsonElement Outcome(HubProcess import) => JsonDocument.Parse(import.Output).RootElement;
}
