using System.Diagnostics;

namespace K12Hub.App.Tests;

/// <summary>Runs a line of shell.</summary>
internal static class Shell
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line + " 2>&1"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync(HubProcess.Ct);
        await shell.WaitForExitAsync(HubProcess.Ct);
        return (shell.ExitCode, output);
    }
}
