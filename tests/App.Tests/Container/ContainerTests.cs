using System.Runtime.InteropServices;
using K12Hub.Postgres;

namespace K12Hub.App.Tests.Container;

public sealed class ContainerTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task What_the_Dockerfile_builds_starts_answers_and_stops()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64,
            "The Dockerfile's own architecture.");
        var image = new Dockerfile(Repository.Root, folders.New("image"));
        await image.PerformAsync();
        Assert.Equal("1654", image.User);
        await using var postgres = await PrivatePostgres.StartAsync(
            folders.New("server"),
            new PrivatePostgresOptions { Disposable = true, StopOnSignals = false },
            HubProcess.Ct);

        using var hub = HubProcess.Start(
            Path.Combine(image.WorkingFolder, image.Entrypoint[0]), [], Environment(image, postgres));
        await hub.ReadyAsync();
        var answer = await hub.AskAsync("{ schools { totalCount } }");
        using var health = HubProcess.Start(
            Path.Combine(image.WorkingFolder, image.HealthCheck[0]),
            image.HealthCheck.Skip(1),
            Environment(image, postgres));
        await health.EndAsync();
        await hub.StopAsync();

        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        Assert.Equal(0, health.ExitCode);
        Assert.Equal(0, hub.ExitCode);
    }

    // What compose.yaml sets, on paths and a port of the test.
    private static (string, string)[] Environment(Dockerfile image, PrivatePostgres postgres) =>
    [
        .. image.Environment.Select(e => (e.Key, e.Value)),
        ("K12HUB__Data__Folder", image.Map(image.Environment["K12HUB__Data__Folder"])),
        ("K12HUB__Server__Urls", "http://127.0.0.1:18080"),
        ("K12HUB__Database__ConnectionString", postgres.ApplicationConnectionString),
        ("K12HUB__Database__OwnerConnectionString", postgres.ConnectionString),
        ("K12HUB__Demo__Students", "100"),
    ];
}
