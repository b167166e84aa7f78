using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace K12Hub.App.Tests;

/// <summary>The real program in a process of its own, as a person or a service manager starts it.</summary>
public sealed partial class HubProcess : IDisposable
{
    private const int Students = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly List<string> dataOption = [];
    private (string Name, string Value)[] environment = [];
    private readonly TaskCompletionSource<Match> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubProcess(Process process) => this.process = process;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Output => string.Join('\n', output);

    public string Errors => string.Join('\n', errors);

    public string Address { get; private set; } = "";

    public string Token { get; private set; } = "";

    public int Id => process.Id;

    /// <summary>Starts the program without waiting for anything.</summary>
    public static HubProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start("dotnet", [Program, .. arguments], environment);

    /// <summary>Starts a program that is K12Hub under another name, for example a published one.</summary>
    public static HubProcess Start(
        string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Most run for seconds: what they do is not worth measuring to make it faster.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var hub = new HubProcess(new Process { StartInfo = start }) { environment = environment };
        var (all, data) = (start.ArgumentList, start.ArgumentList.IndexOf("--data"));
        if (data >= 0) hub.dataOption.AddRange([all[data], all[data + 1]]);
        hub.process.OutputDataReceived += (_, line) => hub.Hear(line.Data);
        hub.process.ErrorDataReceived += (_, line) => hub.errors.Enqueue(line.Data ?? "");
        hub.process.Start();
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        return hub;
    }

    /// <summary>What says how many students the demo district has.</summary>
    public static (string Name, string Value) DemoOf(int students) => ("K12HUB__Demo__Students", $"{students}");

    /// <summary>Serves a data folder on a free port with a small demo district, and waits for the ready line. A new
    /// folder is one that was served before, unless a database is named.</summary>
    public static async Task<HubProcess> ServeAsync(string dataFolder, params (string Name, string Value)[] environment)
    {
        if (!environment.Any(one => one.Name.StartsWith("K12HUB__Database__", StringComparison.Ordinal)))
        {
            await StartedFolder.CopyToAsync(dataFolder, environment.Contains(DemoOf(0)) ? 0 : Students);
        }

        return await ServeNewAsync(dataFolder, environment);
    }

    /// <summary>Serves a data folder as <see cref="ServeAsync"/> does; where there is none it is made.</summary>
    public static async Task<HubProcess> ServeNewAsync(
        string dataFolder, params (string Name, string Value)[] environment)
    {
        var hub = Start(
            ["--data", dataFolder, "--urls", "http://127.0.0.1:0"], [DemoOf(Students), .. environment]);
        await hub.ReadyAsync();
        return hub;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<HubProcess> RunAsync(params string[] arguments)
    {
        var hub = Start(arguments);
        await hub.EndAsync();
        return hub;
    }

    public int ExitCode => process.ExitCode;

    public async Task ReadyAsync()
    {
        var ended = process.WaitForExitAsync(Ct);
        var first = await Task.WhenAny(ready.Task, ended).WaitAsync(Patience, Ct);
        Assert.True(first == ready.Task, $"K12Hub ended before it was ready: {Errors}");
        var line = await ready.Task;
        (Address, Token) = (line.Groups[1].Value, line.Groups[2].Value);
        if (Token.Length == 0) Token = await NewTokenAsync();
    }

    /// <summary>With a database that was named there is no development token: one is given out for the test.</summary>
    private async Task<string> NewTokenAsync()
    {
        var name = $"test-{process.Id}";
        using var given = Start(["token", "create", name, "--permission", "all", .. dataOption], environment);
        await given.EndAsync();
        Assert.True(given.ExitCode == 0, given.Errors);
        return given.Output.Trim();
    }

    public async Task EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(Ct).WaitAsync(Patience, Ct);
        process.WaitForExit(); // And until its last line was heard.
    }

    /// <summary>Types a line, as a person would who is asked something.</summary>
    public void Type(string line) => process.StandardInput.WriteLine(line);

    public void Kill() => process.Kill();

    /// <summary>Sends SIGTERM, as service managers do, and waits for the end.</summary>
    public async Task StopAsync(string signal = "TERM")
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await EndAsync();
    }

    /// <summary>Asks the API with the token of the ready line.</summary>
    public async Task<JsonElement> AskAsync(string query, string? token = null)
    {
        using var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token ?? Token);
        using var content = new StringContent(
            JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content, Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return json.RootElement.Clone();
    }

    /// <summary>Asks again and again until the answer is as wanted.</summary>
    public Task UntilAsync(string query, Func<JsonElement, bool> isSo) =>
        UntilAsync(async () => isSo((await AskAsync(query)).GetProperty("data")));

    /// <summary>Looks again and again until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (!await isSo()) await Task.Delay(20, patience.Token);
    }

    public HttpClient Client() => new() { BaseAddress = new Uri(Address) };

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    // The program as it was built for these tests; ours stands in tests/App.Tests/bin/<configuration>/<framework>.
    private static string Program
    {
        get
        {
            var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            var framework = Path.GetFileName(own);
            var configuration = Path.GetFileName(Path.GetDirectoryName(own)!);
            return Path.Combine(Repository.Root, "host", "App", "bin", configuration, framework, "K12Hub.App.dll");
        }
    }

    private void Hear(string? line)
    {
        output.Enqueue(line ?? "");
        if (line is not null && ReadyLine().Match(line) is { Success: true } match)
        {
            ready.TrySetResult(match);
        }
    }

    [GeneratedRegex("^K12Hub ready at (http://[^ ]+)(?: token=([A-Za-z0-9_-]+))?$")]
    private static partial Regex ReadyLine();
}
