using System.Globalization;

namespace K12Hub.Postgres;

/// <summary>Where the installers of the usual systems put PostgreSQL's server programs.</summary>
internal static class MachineFolders
{
    /// <summary>Existing folders, newest version first, then what is in PATH.</summary>
    public static IEnumerable<string> All() =>
        Versioned().OrderByDescending(f => f.Version).Select(f => f.Folder)
            .Concat(Fixed())
            .Concat(InPath())
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal);

    // Debian keeps them out of PATH; what lies in /usr/bin there are wrappers that need a cluster of their own.
    private static IEnumerable<(string Folder, double Version)> Versioned() =>
        Below("/usr/lib/postgresql", "", "bin")                         // Debian, Ubuntu
            .Concat(Below("/usr", "pgsql-", "bin"))                     // RHEL, Fedora (PostgreSQL's own packages)
            .Concat(Below("/opt/homebrew/opt", "postgresql@", "bin"))   // macOS, Homebrew on Apple silicon
            .Concat(Below("/usr/local/opt", "postgresql@", "bin"))      // macOS, Homebrew on Intel
            .Concat(Below("/Library/PostgreSQL", "", "bin"))            // macOS, installer
            .Concat(Below("/Applications/Postgres.app/Contents/Versions", "", "bin"))
            .Concat(Below("/opt/local/lib", "postgresql", "bin"))       // macOS, MacPorts
            .Concat(Below(ProgramFiles("PostgreSQL"), "", "bin"));      // Windows, installer

    private static IEnumerable<string> Fixed() =>
        ["/usr/libexec/postgresql", "/opt/homebrew/bin", "/usr/local/pgsql/bin", "/usr/local/bin"];

    private static IEnumerable<string> InPath() =>
        Tool.Find("postgres") is { } program && Path.GetDirectoryName(program) is { } folder ? [folder] : [];

    private static string ProgramFiles(string folder) => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), folder)
        : "";

    private static IEnumerable<(string Folder, double Version)> Below(string parent, string prefix, string inner)
    {
        if (parent.Length == 0 || !Directory.Exists(parent))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories(parent, prefix + "*"))
        {
            var digits = Path.GetFileName(folder)[prefix.Length..];
            if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version))
            {
                yield return (Path.Combine(folder, inner), version);
            }
        }
    }
}
