using Npgsql;

namespace K12Hub.Postgres.Tests;

public sealed class StartingTests : IAsyncLifetime
{
    private readonly Clusters clusters = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => clusters.DisposeAsync();

    [Fact]
    public async Task A_new_folder_becomes_a_database_that_answers()
    {
        var postgres = await clusters.StartAsync();

        Assert.Equal("k12hub", await Clusters.AskAsync(postgres, "select current_database()"));
        Assert.False(postgres.Adopted);
        Assert.True(postgres.Version.Major >= 15);
    }

    [Fact]
    public async Task Data_is_still_there_after_a_stop_and_a_start()
    {
        var first = await clusters.StartAsync();
        await Clusters.AskAsync(first, "create table kept as select 7 as n");
        await first.DisposeAsync();
        Assert.False(File.Exists(clusters.Files.PidFile));

        var second = await clusters.StartAsync();

        Assert.Equal("7", await Clusters.AskAsync(second, "select n from kept"));
    }

    [Fact]
    public async Task What_is_committed_is_on_the_disk_and_pages_carry_checksums()
    {
        var postgres = await clusters.StartAsync();

        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes", "data_checksums" })
        {
            Assert.Equal("on", await Clusters.AskAsync(postgres, $"show {setting}"));
        }
    }

    [Fact]
    public async Task Nothing_listens_on_the_network()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has loopback only.");
        var postgres = await clusters.StartAsync();

        Assert.Equal("", await Clusters.AskAsync(postgres, "show listen_addresses"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var postgres = await clusters.StartAsync();
        var right = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var wrong = new NpgsqlConnectionStringBuilder(right.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Clusters.Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_password_and_pass_the_socket_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        await clusters.StartAsync();

        Assert.Equal("-rw-------", await ModeAsync(clusters.Files.Password));
        Assert.Equal("drwx------", await ModeAsync(clusters.Files.SocketFolder));
        Assert.Equal("drwx------", await ModeAsync(clusters.Files.Data));
    }

    [Fact]
    public async Task A_row_that_breaks_a_rule_is_not_written_to_the_log()
    {
        var postgres = await clusters.StartAsync();
        await Clusters.AskAsync(postgres, "create table people (name text primary key)");
        await Clusters.AskAsync(postgres, "insert into people values ('Ana Ortiz')");

        await Assert.ThrowsAsync<PostgresException>(
            () => Clusters.AskAsync(postgres, "insert into people values ('Ana Ortiz')"));

        var log = await File.ReadAllTextAsync(clusters.Files.Log, Clusters.Ct);
        Assert.Contains("duplicate key", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Ortiz", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_asked_for_are_used()
    {
        var postgres = await clusters.StartAsync(new PrivatePostgresOptions
        {
            SharedBuffersMb = 32,
            ServerSettings = new Dictionary<string, string> { ["work_mem"] = "9MB" },
        });

        Assert.Equal("32MB", await Clusters.AskAsync(postgres, "show shared_buffers"));
        Assert.Equal("9MB", await Clusters.AskAsync(postgres, "show work_mem"));
    }

    [Fact]
    public async Task Who_cannot_hold_the_server_leaves_none_running()
    {
        clusters.Files.Create();
        using (LockFile.TryTake(clusters.Files.UseLock))
        {
            await Assert.ThrowsAsync<IOException>(() => clusters.StartAsync());
        }

        Assert.False(File.Exists(clusters.Files.PidFile));
        var postgres = await clusters.StartAsync();
        Assert.False(postgres.Adopted);
    }

    [Fact]
    public async Task A_database_that_cannot_be_made_leaves_no_server_running()
    {
        var impossible = new PrivatePostgresOptions { Database = "template0" };

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => clusters.StartAsync(impossible));

        Assert.False(File.Exists(clusters.Files.PidFile));
    }

    [Fact]
    public async Task A_path_that_is_too_long_for_a_socket_gets_a_short_one()
    {
        var path = Path.Combine(clusters.Folder, new string('d', 120), "it's, here");
        await using var deep = new Clusters { DataPath = path };
        MakePassable(Path.GetDirectoryName(deep.DataPath)!);

        var postgres = await deep.StartAsync();

        Assert.Equal("1", await Clusters.AskAsync(postgres, "select 1"));
    }

    [Fact]
    public async Task A_folder_with_spaces_and_commas_works()
    {
        await using var odd = new Clusters { DataPath = Path.Combine(clusters.Folder, "it's, my data") };

        var postgres = await odd.StartAsync();

        Assert.Equal("1", await Clusters.AskAsync(postgres, "select 1"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("$(touch oops)")]
    [InlineData("a`b")]
    public async Task A_folder_whose_name_a_shell_would_read_as_a_command_is_refused(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Not a folder's name there.");
        await using var odd = new Clusters { DataPath = Path.Combine(clusters.Folder, name) };

        await Assert.ThrowsAsync<PostgresUnavailableException>(() => odd.StartAsync());

        Assert.False(Directory.Exists(odd.DataPath));
    }

    [Fact]
    public async Task A_folder_that_the_server_user_cannot_reach_still_works_or_says_what_to_do()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root gives the server another user.");
        Clusters.SetMode(clusters.Folder, 0b111_000_000);
        try
        {
            var postgres = await clusters.StartAsync();
            Assert.Equal("1", await Clusters.AskAsync(postgres, "select 1"));
        }
        catch (PostgresUnavailableException refused)
        {
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<string> ModeAsync(string path) =>
        (await Tool.RunAsync(["ls", "-ld", path], Clusters.Ct)).Output[..10];

    private static void MakePassable(string folder)
    {
        Directory.CreateDirectory(folder);
        Clusters.SetMode(folder, 0b111_001_001);
    }
}
