namespace K12Hub.Postgres;

/// <summary>Makes the data folder of a new server.</summary>
internal static class Cluster
{
    public const string User = "k12hub";

    /// <summary>The role the program works as.</summary>
    public const string ApplicationUser = "k12hub_app";

    /// <summary>Makes the data beside its place and renames it when whole: a cut short initdb leaves nothing that
    /// looks like a database.</summary>
    public static async Task CreateAsync(
        DataFolder folder, PostgresBinaries binaries, ServerAccount account, bool disposable, CancellationToken ct)
    {
        await folder.CreatePasswordAsync(account, ct).ConfigureAwait(false);
        DataFolder.Delete(folder.HalfMade);
        var outcome = await Tool.RunAsync(
            account.Command([
                binaries.Program("initdb"), "-D", folder.HalfMade, "-U", User, "-A", "scram-sha-256",
                "--pwfile", folder.Password, "-E", "UTF8", "--data-checksums",
                .. Locale(binaries.Version.Major), .. disposable ? ["--no-sync"] : Array.Empty<string>()]),
            ct).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw new PostgresUnavailableException($"initdb failed in {folder.Server}:\n{outcome.Output}");
        }

        Directory.Move(folder.HalfMade, folder.Data);
    }

    // Byte order everywhere, so that an index means the same on every machine; letters of all languages are letters.
    private static string[] Locale(int major) => major switch
    {
        >= 17 => ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
        // The same order, but C compares bytes where C.UTF-8 asks the C library for each pair.
        _ when OperatingSystem.IsLinux() => ["--locale=C.UTF-8", "--lc-collate=C"],
        _ when OperatingSystem.IsMacOS() => ["--locale=C", "--lc-ctype=UTF-8"],
        _ => ["--locale=C"],
    };
}
