using System.Text.Json;

namespace K12Hub.App.Tests.Container;

/// <summary>Performs the Dockerfile's own instructions in order, each stage in a folder that stands for its file
/// system. No engine runs where these tests run; what cannot be performed is an error, not ignored.</summary>
internal sealed class Dockerfile(string repository, string scratch)
{
    private const string Ignored = "--exclude=./bin --exclude=./obj --exclude='*/bin' --exclude='*/obj'";

    private readonly Dictionary<string, string> variables = [];
    private string stage = "";
    private string workdir = "/";

    public Dictionary<string, string> Environment { get; } = [];

    public string User { get; private set; } = "root";

    public IReadOnlyList<string> Entrypoint { get; private set; } = [];

    public IReadOnlyList<string> HealthCheck { get; private set; } = [];

    /// <summary>Where a path of the last stage is.</summary>
    public string Map(string path) => At(stage, path);

    /// <summary>The last stage's working folder.</summary>
    public string WorkingFolder => Map(workdir);

    public async Task PerformAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(repository, "Dockerfile"), HubProcess.Ct);
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            await PerformAsync(line[..space], line[(space + 1)..].Trim());
        }
    }

    private async Task PerformAsync(string instruction, string rest)
    {
        switch (instruction)
        {
            case "FROM": From(rest); break;
            case "ARG": Set(variables, rest); break;
            case "ENV": Set(Environment, rest); break;
            case "WORKDIR": Directory.CreateDirectory(Map(workdir = rest)); break;
            case "COPY": await CopyAsync(rest); break;
            case "RUN": await RunAsync(rest); break;
            case "USER": User = rest; break;
            case "ENTRYPOINT": Entrypoint = Words(rest); break;
            case "HEALTHCHECK": HealthCheck = Words(rest[(rest.IndexOf("CMD", StringComparison.Ordinal) + 3)..]); break;
            case "VOLUME" or "EXPOSE": break;
            default: throw new NotSupportedException($"{instruction} is not performed by this test.");
        }
    }

    private void From(string rest)
    {
        var words = rest.Split(' ');
        stage = words is [_, "AS", var name] ? name : "last";
        workdir = "/";
        Environment.Clear();
    }

    private static void Set(Dictionary<string, string> into, string rest)
    {
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        into[rest[..equals]] = rest[(equals + 1)..];
    }

    private async Task CopyAsync(string rest)
    {
        var words = rest.Split(' ');
        const string From = "--from=";
        var from = words.FirstOrDefault(word => word.StartsWith(From, StringComparison.Ordinal))?[From.Length..];
        var paths = words.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var target = Map(Path.Combine(workdir, paths[^1]));
        foreach (var path in paths[..^1])
        {
            var source = from is null ? Path.Combine(repository, path) : At(from, path);
            await CopyAsync(source, target);
        }
    }

    // A folder's content is copied, not the folder; what .dockerignore names stays behind.
    private static async Task CopyAsync(string source, string target)
    {
        Directory.CreateDirectory(target);
        var command = Directory.Exists(source)
            ? $"tar -C '{source}' {Ignored} -cf - . | tar -C '{target}' -xf -"
            : $"cp '{source}' '{target}'";
        var (code, output) = await Shell.RunAsync("/", command);
        Assert.True(code == 0, output);
    }

    private async Task RunAsync(string command)
    {
        foreach (var (name, value) in variables)
        {
            command = command.Replace("$" + name, value, StringComparison.Ordinal);
        }

        var (code, output) = await Shell.RunAsync(WorkingFolder, command);
        Assert.True(code == 0, $"{command}\n{output}");
    }

    private string At(string stageName, string path) =>
        Path.GetFullPath(Path.Combine(scratch, stageName, path.TrimStart('/')));

    private static string[] Words(string list) => JsonSerializer.Deserialize<string[]>(list)!;
}
