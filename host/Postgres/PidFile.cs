using System.Globalization;

namespace K12Hub.Postgres;

/// <summary>PostgreSQL's <c>postmaster.pid</c>: who runs on a data folder, or who did before a crash.</summary>
/// <param name="Pid">The process the file names; after a crash, maybe somebody else's number by now.</param>
/// <param name="Port">The port it listens on.</param>
internal sealed record PidFile(int Pid, int Port)
{
    public static PidFile? Read(DataFolder folder)
    {
        try
        {
            var lines = File.ReadAllLines(folder.PidFile);
            return new PidFile(
                lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) ? pid : 0,
                lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Removes what a crash left behind, when nobody works on the data any more.</summary>
    /// <remarks>The number in the file proves nothing: after a restart of the machine or container it belongs to
    /// another process, and a killed server that nobody waited for counts as alive. Where a process works (its
    /// current folder is the data folder, and a zombie has none) does prove it.</remarks>
    /// <returns>False while processes of the old server still live.</returns>
    public static bool TryClear(DataFolder folder)
    {
        if (OperatingSystem.IsLinux() ? SomebodyWorksIn(folder.Data) : IsPostgres(Read(folder)?.Pid))
        {
            return false;
        }

        File.Delete(folder.PidFile);
        var sockets = new DirectoryInfo(folder.SocketFolder);
        foreach (var left in sockets.Exists ? sockets.GetFiles(".s.PGSQL.*") : [])
        {
            left.Delete();
        }

        return true;
    }

    private static bool SomebodyWorksIn(string data)
    {
        var real = WithoutLinks(data);
        return Directory.EnumerateDirectories("/proc")
            .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
            .Any(process => WorkingFolder(process) == real);
    }

    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(WithoutLinks(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName ?? here;
    }

    private static string? WorkingFolder(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // Gone by now, or another user's: then it cannot work in our folder.
        }
    }

    private static bool IsPostgres(int? pid)
    {
        try
        {
            using var process = pid > 0 ? System.Diagnostics.Process.GetProcessById(pid.Value) : null;
            return process?.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) == true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
