using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>Files and folders that nobody but their owner can open.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Folder700);
        Require(path);
    }

    /// <summary>Refuses a secret that others could have read or changed.</summary>
    public static void Require(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new UnauthorizedAccessException(
                $"{path} can be opened by others than its owner. Find out who did, then run: chmod go= '{path}'");
        }
    }

    /// <summary>Writes a file that is not there yet, down to the disk.</summary>
    public static async Task WriteNewAsync(string path, string text, CancellationToken ct)
    {
        await using var file = Open(path, FileMode.CreateNew);
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(text.AsMemory(), ct);
        await writer.FlushAsync(ct);
        file.Flush(flushToDisk: true);
    }

    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (mode is not FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File600;
        }

        return new(path, options);
    }

    /// <summary>Overwrites a file before it is deleted. On some disks old blocks stay for a while even so.</summary>
    public static void Destroy(string path)
    {
        using (var file = Open(path, FileMode.Open))
        {
            file.Write(RandomNumberGenerator.GetBytes((int)file.Length));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }
}
