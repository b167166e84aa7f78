using System.Diagnostics;

namespace K12Hub.Postgres;

/// <summary>Runs the programs this library needs (initdb, pg_ctl, npm, chown) and collects what they say.</summary>
internal static class Tool
{
    public sealed record Outcome(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    public static async Task<Outcome> RunAsync(
        IEnumerable<string> command, CancellationToken ct, string? workingFolder = null)
    {
        using var process = Start(command, workingFolder);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            var said = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            return new Outcome(process.ExitCode, said.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program; no PGDATA, PGHOST or PGPORT of the user leaks into its environment.</summary>
    public static Process Start(IEnumerable<string> command, string? workingFolder = null)
    {
        var words = command.ToList();
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(IsPostgresVariable).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";
        return Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start.");
    }

    /// <summary>The full path of a program in PATH; null when it is not there.</summary>
    public static string? Find(string program)
    {
        var names = OperatingSystem.IsWindows() ? new[] { program + ".exe", program + ".cmd" } : [program];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(f => f.Length > 0)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static bool IsPostgresVariable(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterUpper(c) || c == '_');
}
