using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Postgres;

/// <summary>The files of one private server: its data, password, log, locks and socket.</summary>
internal sealed class DataFolder(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassThrough = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // What macOS allows in a socket address (Linux: 107), less "/.s.PGSQL.5432".
    private const int LongestSocketFolder = 103 - 14;

    /// <summary>Absolute, without a trailing separator.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public string Server => Path.Combine(Root, "postgres");

    public string Data => Path.Combine(Server, "data");

    /// <summary>Where a new cluster is made; renamed to <see cref="Data"/> when it is whole.</summary>
    public string HalfMade => Path.Combine(Server, "data.init");

    public string Password => Path.Combine(Server, "password");

    /// <summary>The password of the role the program works as.</summary>
    public string ApplicationPassword => Path.Combine(Root, "postgres.app.password");

    public string Log => Path.Combine(Server, "log");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Held while a server is started or stopped, so that two processes never do so at once.</summary>
    public string StartLock => Path.Combine(Root, "postgres.start.lock");

    /// <summary>Held, shared, by every process that uses the server; the last one to let go stops it.</summary>
    public string UseLock => Path.Combine(Root, "postgres.use.lock");

    /// <summary>Binaries fetched with npm.</summary>
    public string Cache => Path.Combine(Root, "postgres-binaries");

    /// <summary>Folder of the Unix socket: with the data, or a short one in the temporary folder when that path is
    /// longer than a socket's may be, or has a comma, at which Npgsql would split it into two hosts.</summary>
    public string SocketFolder
    {
        get
        {
            var near = Path.Combine(Server, "socket");
            return Encoding.UTF8.GetByteCount(near) <= LongestSocketFolder && !near.Contains(',')
                ? near
                : Path.Combine("/tmp", "k12hub-" + Digest(Data)[..16]);
        }
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The major version that wrote the data; null before there is any.</summary>
    public int? Major
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), out var major) ? major : null;
        }
    }

    /// <summary>Makes the outer folder. Others may pass it only where the server runs as another user.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Root);
            return;
        }

        // pg_ctl puts these paths into a shell command between double quotes.
        if (Root.AsSpan().IndexOfAny("\"$`\\\n") >= 0)
        {
            throw new PostgresUnavailableException(
                $"{Root} has a character in its name that PostgreSQL's start program cannot handle. "
                + "Use --data with another.");
        }

        var isNew = !Directory.Exists(Root);
        Directory.CreateDirectory(Root, OwnerOnly);
        if (isNew && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(Root, OwnerOnly | PassThrough);
        }
    }

    /// <summary>Makes the folders the server itself writes to and gives them to its account.</summary>
    public async Task CreateServerFoldersAsync(ServerAccount account, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Server);
            return;
        }

        foreach (var folder in new[] { Server, SocketFolder })
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            await account.OwnAsync(folder, ct).ConfigureAwait(false);
            if ((File.GetUnixFileMode(folder) & ~OwnerOnly) != 0)
            {
                // Fails, as it must, when somebody else made the short folder in /tmp before us.
                File.SetUnixFileMode(folder, OwnerOnly);
            }
        }
    }

    /// <summary>Makes the owner's random password once and keeps it where only the owner can read it.</summary>
    public async Task CreatePasswordAsync(ServerAccount account, CancellationToken ct)
    {
        await WriteSecretAsync(Password, NewPassword()).ConfigureAwait(false);
        await account.OwnAsync(Password, ct).ConfigureAwait(false);
    }

    /// <summary>The password of the role the program works as; null before it has one.</summary>
    public async Task<string?> ApplicationPasswordAsync(CancellationToken ct)
    {
        var kept = File.Exists(ApplicationPassword)
            ? (await File.ReadAllTextAsync(ApplicationPassword, ct).ConfigureAwait(false)).Trim()
            : "";
        return kept.Length > 0 ? kept : null;
    }

    /// <summary>Keeps the password of the role the program works as.</summary>
    public Task KeepApplicationPasswordAsync(string password) => WriteSecretAsync(ApplicationPassword, password);

    public static string NewPassword() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    private static async Task WriteSecretAsync(string path, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(path);
        await using var file = new StreamWriter(path, options);
        await file.WriteAsync(secret).ConfigureAwait(false);
    }

    /// <summary>Deletes a folder and all below it; nothing happens when it is not there.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
