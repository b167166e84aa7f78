using K12Hub.Testing;

namespace K12Hub.App.Tests;

/// <summary>Whatever is wrong around the program is one sentence and an exit code, never a stack.</summary>
public sealed class WrongSettingsTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Theory]
    [InlineData("K12HUB__Demo__Students", "many", "Demo")]
    [InlineData("K12HUB__Demo__Students", "-5", "Students")]
    [InlineData("K12HUB__Database__ConnectionString", "hunter2", "ConnectionString cannot be read")]
    [InlineData("K12HUB__GraphQL__DocumentMode", "Only", "DocumentMode Only needs TrustedDocuments")]
    [InlineData("K12HUB__GraphQL__StatusProfile", "Newest", "GraphQL")]
    [InlineData("K12HUB__GraphQL__TrustedDocuments", "/nowhere", "Trusted documents (/nowhere)")]
    public async Task A_setting_that_cannot_be_read_is_named(string name, string value, string expected)
    {
        using var hub = HubProcess.Start(["--data", folders.Data, "--urls", "http://127.0.0.1:0"], (name, value));
        await hub.EndAsync();

        AssertSentence(hub, ExitCodes.BadInput, expected);
        Assert.DoesNotContain("hunter2", hub.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_with_the_setting_to_check()
    {
        using var hub = HubProcess.Start(
            ["--data", folders.Data, "--urls", "http://127.0.0.1:0"],
            ("K12HUB__Database__ConnectionString", "Host=127.0.0.1;Port=1;Username=hub;Password=hunter2"));
        await hub.EndAsync();

        AssertSentence(hub, ExitCodes.Environment, "K12HUB__Database__ConnectionString");
        Assert.DoesNotContain("hunter2", hub.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_would_see_every_district_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var hub = HubProcess.Start(
            ["--data", folders.Data, "--urls", "http://127.0.0.1:0"],
            ("K12HUB__Database__ConnectionString", database.ConnectionString));
        await hub.EndAsync();

        AssertSentence(
            hub, ExitCodes.Environment, "database.role: k12hub, the role the program works as, is a superuser");
    }

    [Fact]
    public async Task One_role_for_everything_serves_and_the_start_says_what_that_means()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var hub = await HubProcess.ServeAsync(
            folders.Data, ("K12HUB__Database__ConnectionString", await database.GiveToOwnerAsync()));
        var answer = await hub.AskAsync("{ students { totalCount } }");
        await hub.StopAsync();

        Assert.Equal(200, answer.GetProperty("data").GetProperty("students").GetProperty("totalCount").GetInt32());
        Assert.Contains("both owns the tables and works on them", hub.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_none_is_said_to_be_none()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var taken = await HubProcess.RunAsync("--data", file, "--urls", "http://127.0.0.1:0");
            using var below = await HubProcess.RunAsync("--data", Path.Combine(file, "a"), "--urls", "http://[::1]:0");
            using var empty = await HubProcess.RunAsync("--data", "", "--urls", "http://127.0.0.1:0");

            AssertSentence(taken, ExitCodes.Environment, "Use --data with another");
            AssertSentence(below, ExitCodes.Environment, "Use --data with another");
            AssertSentence(empty, ExitCodes.BadInput, "--data names no folder");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_health_verb_says_what_is_no_address()
    {
        using var asked = await HubProcess.RunAsync("health", "--urls", "nonsense");

        AssertSentence(asked, ExitCodes.BadInput, "nonsense is not an address");
    }

    private static void AssertSentence(HubProcess hub, int exitCode, string expected)
    {
        Assert.True(hub.ExitCode == exitCode, $"{hub.ExitCode}: {hub.Errors}");
        Assert.Contains(expected, hub.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", hub.Errors, StringComparison.Ordinal);
    }
}
