namespace K12Hub.App.Tests;

public sealed class StoppingTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_stopped_server_ends_well_and_keeps_everything_for_the_next_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var first = await HubProcess.ServeAsync(folders.Data);
        var students = await StudentsAsync(first);
        await first.StopAsync();
        Assert.Equal(0, first.ExitCode);
        Assert.False(File.Exists(Path.Combine(folders.Data, "postgres", "data", "postmaster.pid")));

        using var second = await HubProcess.ServeAsync(folders.Data);

        Assert.Equal(first.Token, second.Token);
        Assert.Equal(students, await StudentsAsync(second));
        Assert.Equal(1, await CountAsync(second, "syncRuns"));
        await second.StopAsync("INT");
        Assert.Equal(0, second.ExitCode);
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_everything()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var first = await HubProcess.ServeAsync(folders.Data);
        var students = await StudentsAsync(first);
        first.Kill();
        await first.EndAsync();

        using var second = await HubProcess.ServeAsync(folders.Data);

        Assert.Equal(students, await StudentsAsync(second));
        await second.StopAsync();
    }

    [Fact]
    public async Task Two_servers_on_one_port_is_said_in_one_sentence()
    {
        using var first = await HubProcess.ServeAsync(folders.Data);

        using var second = await HubProcess.RunAsync("--data", folders.Data, "--urls", first.Address);

        Assert.Equal(ExitCodes.Environment, second.ExitCode);
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
        Assert.Contains("--urls", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(first, "syncRuns"));
        await first.StopAsync();
    }

    private static Task<int> StudentsAsync(HubProcess hub) => CountAsync(hub, "students");

    private static async Task<int> CountAsync(HubProcess hub, string list)
    {
        var answer = await hub.AskAsync($"{{ {list} {{ totalCount }} }}");
        return answer.GetProperty("data").GetProperty(list).GetProperty("totalCount").GetInt32();
    }
}
