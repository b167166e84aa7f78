using System.Diagnostics;

namespace K12Hub.Postgres.Tests;

/// <summary>This test program once more, as a process that runs a server and can be killed.</summary>
public sealed class OtherProcess : IDisposable
{
    private const string FolderVariable = "K12HUB_TEST_OTHER_FOLDER";
    private const string DisposableVariable = "K12HUB_TEST_OTHER_DISPOSABLE";
    private readonly Process process;

    private OtherProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static async Task<OtherProcess> StartAsync(string folder, bool disposable)
    {
        var program = Path.ChangeExtension(typeof(OtherProcess).Assembly.Location, null);
        const string Body = "*." + nameof(OtherProcessBody.Serve);
        var start = new ProcessStartInfo(program, ["--explicit", "only", "--filter-method", Body])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[DisposableVariable] = disposable ? "yes" : "no";
        var other = new OtherProcess(Process.Start(start)!);
        var ready = Ready(folder);
        while (!File.Exists(ready))
        {
            Assert.False(other.process.HasExited, "The other process ended before its server was ready.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        File.Delete(ready);
        return other;
    }

    public void Kill() => process.Kill();

    public Task EndAsync() => process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose() => process.Dispose();

    internal static async Task ServeAsync()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        var disposable = Environment.GetEnvironmentVariable(DisposableVariable) == "yes";
        await PrivatePostgres.StartAsync(folder, new PrivatePostgresOptions { Disposable = disposable });
        await File.WriteAllTextAsync(Ready(folder), "");
        await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static string Ready(string folder) => folder + ".ready";
}

public sealed class OtherProcessBody
{
    [Fact(Explicit = true)]
    public Task Serve() => OtherProcess.ServeAsync();
}
