#:property PublishAot=false

// The commands of the day, in the product's own language: dotnet run tools/dev.cs -- up | check | reset

using System.Diagnostics;

var root = FindRoot(new DirectoryInfo(Environment.CurrentDirectory));
if (root is null) return Fail("Run this inside the repository.");

return args switch
{
    ["up", .. var rest] => Up(rest),
    ["check"] => Check(),
    ["reset", .. var rest] => Reset(rest),
    _ => Fail("""
        dotnet run tools/dev.cs -- up      run K12Hub; what follows goes to it (--urls, --data)
        dotnet run tools/dev.cs -- check   what CI runs: restore, build, format, tests
        dotnet run tools/dev.cs -- reset   delete the local data folder (--data FOLDER, --yes)
        """),
};

int Up(string[] rest) => Run("dotnet", ["run", "--project", "host/App", "--", .. rest]);

// Stops at the first step that fails: the next ones would only repeat its complaint.
int Check()
{
    (string Name, string[] Arguments)[] steps =
    [
        ("restore", ["restore", "K12Hub.sln", "--locked-mode"]),
        ("build", ["build", "K12Hub.sln", "--no-restore", "--nologo", "-v", "quiet"]),
        ("format", ["format", "K12Hub.sln", "--no-restore", "--verify-no-changes"]),
        ("tests", ["test", "--solution", "K12Hub.sln", "--no-build"]),
    ];
    foreach (var (name, arguments) in steps)
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"== {name}");
        if (Run("dotnet", arguments) is not 0 and var code)
        {
            Console.Error.WriteLine($"== {name} failed");
            return code;
        }

        Console.WriteLine($"== {name} passed, {watch.Elapsed.TotalSeconds:0} s");
    }

    return 0;
}

int Reset(string[] rest)
{
    var data = Array.IndexOf(rest, "--data") is >= 0 and var at && at + 1 < rest.Length ? rest[at + 1] : ".k12hub";
    var folder = new DirectoryInfo(Path.GetFullPath(data, root.FullName));
    if (!folder.Exists) return Say($"{folder} does not exist: nothing to reset.");
    var cluster = Path.Combine(folder.FullName, "postgres", "data");
    // Only what K12Hub made may go: a wrong --data must not cost anybody a home folder.
    if (!File.Exists(Path.Combine(cluster, "PG_VERSION")))
        return Fail($"{folder} is not a K12Hub data folder; nothing was deleted.");
    if (Runs(Path.Combine(cluster, "postmaster.pid"))) return Fail("Stop K12Hub first; nothing was deleted.");
    if (!rest.Contains("--yes"))
    {
        Console.Write($"Delete {folder} with every roster imported into it? Type yes: ");
        if (Console.ReadLine() is not "yes") return Say("Nothing was deleted.");
    }

    folder.Delete(recursive: true);
    return Say($"{folder} is gone. The next start makes a new one.");
}

// A killed server leaves its pid file behind; only a living process counts.
static bool Runs(string pidFile)
{
    if (!File.Exists(pidFile) || !int.TryParse(File.ReadLines(pidFile).First(), out var id)) return false;
    try
    {
        using var process = Process.GetProcessById(id);
        return !process.HasExited;
    }
    catch (ArgumentException)
    {
        return false;
    }
}

int Run(string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = root.FullName, UseShellExecute = false };
    using var process = Process.Start(start)!;
    // Ctrl-C reaches the child as well; it ends first, and its exit code is ours.
    Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
    process.WaitForExit();
    return process.ExitCode;
}

static DirectoryInfo? FindRoot(DirectoryInfo? folder)
{
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "K12Hub.sln"))) folder = folder.Parent;
    return folder;
}

static int Say(string message)
{
    Console.WriteLine(message);
    return 0;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
