using K12Hub.Testing;

namespace K12Hub.App.Tests.Edges;

/// <summary>Secrets may stand in files, and a runtime with a known hole is not run on.</summary>
public sealed class SecretFilesTests(Folders folders) : IClassFixture<Folders>
{
    private const string Setting = "K12HUB__Database__ConnectionString__FILE";

    [Fact]
    public async Task A_secret_is_read_from_the_file_that_the_environment_names()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = folders.New("connection");
        await File.WriteAllTextAsync(file, database.ApplicationConnectionString + "\n", HubProcess.Ct);
        using var hub = await HubProcess.ServeAsync(
            folders.Data, (Setting, file), HubProcess.DemoOf(0),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString));

        // A private database of the trial would have printed a token.
        Assert.Equal($"K12Hub ready at {hub.Address}", hub.Output.Trim());
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_start_and_is_named()
    {
        using var hub = HubProcess.Start(
            ["--data", folders.Data, "--urls", "http://127.0.0.1:0"], (Setting, folders.New("nowhere")));
        await hub.EndAsync();

        Assert.Equal(ExitCodes.BadInput, hub.ExitCode);
        Assert.Contains("ConnectionString:FILE", hub.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be read", hub.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.6+5f3c", false)]
    [InlineData("10.0.0-rc.2.25502", false)]
    [InlineData(null, false)]
    [InlineData("10.0.7+abc", true)]
    [InlineData("10.1.0", true)]
    public void A_runtime_with_a_known_hole_is_refused(string? version, bool isSafe) =>
        Assert.Equal(isSafe, RuntimeCheck.Complaint(version) is null);
}
