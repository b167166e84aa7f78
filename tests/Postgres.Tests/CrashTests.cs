using System.Diagnostics;
using System.Globalization;

namespace K12Hub.Postgres.Tests;

public sealed class CrashTests : IAsyncLifetime
{
    private readonly Clusters clusters = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => clusters.DisposeAsync();

    [Theory]
    [InlineData("create table kept as select generate_series(1, 1000) as n")]
    [InlineData(
        "create table kept (n integer); begin; truncate kept; insert into kept select generate_series(1, 1000); "
        + "create index on kept (n); commit")]
    public async Task A_killed_server_comes_back_with_all_that_was_committed(string write)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        var first = await clusters.StartAsync();
        await Clusters.AskAsync(first, write);
        using (var server = Process.GetProcessById(PidFile.Read(clusters.Files)!.Pid))
        {
            server.Kill();
        }

        var second = await clusters.StartAsync();

        Assert.False(second.Adopted);
        Assert.Equal("1000", await Clusters.AskAsync(second, "select count(*) from kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_living_process_does_not_block_the_start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        await using (await clusters.StartAsync())
        {
        }

        var account = await ServerAccount.ForAsync(clusters.Files, Clusters.Ct);
        using var bystander = Tool.Start(account.Command("sleep", "60"));
        await File.WriteAllTextAsync(
            clusters.Files.PidFile,
            $"{bystander.Id}\n{clusters.Files.Data}\n1700000000\n5432\n{clusters.Files.SocketFolder}\n\n0 0\nready\n",
            Clusters.Ct);

        var postgres = await clusters.StartAsync();

        Assert.False(postgres.Adopted);
        Assert.Equal("1", await Clusters.AskAsync(postgres, "select 1"));
        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public async Task A_healthy_server_is_adopted_and_the_last_one_to_leave_stops_it()
    {
        var first = await clusters.StartAsync();
        var second = await clusters.StartAsync();
        Assert.True(second.Adopted);

        await first.DisposeAsync();
        Assert.Equal("1", await Clusters.AskAsync(second, "select 1"));

        await second.DisposeAsync();
        Assert.False(File.Exists(clusters.Files.PidFile));
    }

    [Fact]
    public async Task Two_starts_at_once_make_one_server()
    {
        var both = await Task.WhenAll(clusters.StartAsync(), clusters.StartAsync());

        Assert.Single(both, postgres => postgres.Adopted);
    }

    [Fact]
    public async Task A_cut_short_initdb_is_begun_again()
    {
        Directory.CreateDirectory(clusters.Files.HalfMade);
        await File.WriteAllTextAsync(Path.Combine(clusters.Files.HalfMade, "PG_VERSION"), "15\n", Clusters.Ct);

        var postgres = await clusters.StartAsync();

        Assert.Equal("1", await Clusters.AskAsync(postgres, "select 1"));
        Assert.False(Directory.Exists(clusters.Files.HalfMade));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_to_the_process_stops_its_server(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var other = await OtherProcess.StartAsync(clusters.DataPath, disposable: false);

        await Tool.RunAsync(["kill", "-" + signal, other.Id.ToString(CultureInfo.InvariantCulture)], Clusters.Ct);
        await other.EndAsync();

        Assert.False(File.Exists(clusters.Files.PidFile));
        Assert.True(Directory.Exists(clusters.Files.Data));
    }

    [Fact]
    public async Task A_killed_process_leaves_its_server_to_the_next()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var other = await OtherProcess.StartAsync(clusters.DataPath, disposable: false);
        other.Kill();
        await other.EndAsync();

        var next = await clusters.StartAsync();

        Assert.True(next.Adopted);
    }

    [Fact]
    public async Task A_killed_process_leaves_nothing_of_a_disposable_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var other = await OtherProcess.StartAsync(clusters.DataPath, disposable: true);
        other.Kill();
        await other.EndAsync();

        for (var wait = 0; wait < 100 && Directory.Exists(clusters.DataPath); wait++)
        {
            await Task.Delay(100, Clusters.Ct);
        }

        Assert.False(Directory.Exists(clusters.DataPath));
    }
}
