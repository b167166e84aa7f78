namespace K12Hub.Postgres;

/// <summary>The user the server runs as: this one, or nobody, because PostgreSQL refuses to run as root.</summary>
internal sealed class ServerAccount
{
    // Debian, RHEL 8 and newer, Alpine and Arch agree on the number of "nobody".
    private const string Nobody = "65534";

    private readonly string[] prefix;
    private readonly bool ownsFiles;

    private ServerAccount(string[] prefix, bool ownsFiles) => (this.prefix, this.ownsFiles) = (prefix, ownsFiles);

    /// <summary>The account for servers whose files lie in a folder.</summary>
    /// <remarks>As root there are two ways: files given to nobody and the programs run as nobody, which needs a folder
    /// that others may pass through; or a user namespace in which root appears as nobody and keeps the files.</remarks>
    public static async Task<ServerAccount> ForAsync(DataFolder folder, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount([], ownsFiles: false);
        }

        if (OthersMayPass(folder.Root) && Tool.Find("setpriv") is { } setpriv)
        {
            return new ServerAccount(
                [setpriv, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"], ownsFiles: true);
        }

        if (Tool.Find("unshare") is { } unshare)
        {
            string[] mapped = [unshare, "--user", $"--map-user={Nobody}", $"--map-group={Nobody}", "--"];
            if ((await Tool.RunAsync([.. mapped, "true"], ct).ConfigureAwait(false)).Succeeded)
            {
                return new ServerAccount(mapped, ownsFiles: false);
            }
        }

        throw new PostgresUnavailableException(
            "PostgreSQL does not run as root, and the user nobody cannot reach "
            + $"{folder.Root}. Start K12Hub as an ordinary user, or use --data with a folder that others may pass.");
    }

    /// <summary>A command that runs as this account.</summary>
    public IEnumerable<string> Command(params string[] words) => prefix.Concat(words);

    /// <summary>Gives one file or folder to this account, where it has files of its own.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (!ownsFiles)
        {
            return;
        }

        var outcome = await Tool.RunAsync(["chown", $"{Nobody}:{Nobody}", path], ct).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw new PostgresUnavailableException($"{path} could not be given to the user nobody: {outcome.Output}");
        }
    }

    private static bool OthersMayPass(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        for (var at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            if ((File.GetUnixFileMode(at) & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
