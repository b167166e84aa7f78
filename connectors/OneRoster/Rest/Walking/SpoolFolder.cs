using System.Security.Cryptography;
using System.Text;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>The folder a run keeps its pages in, so that the next start goes on where this one was cut off. What is
/// too old, or was asked otherwise, is thrown away.</summary>
internal sealed class SpoolFolder
{
    private const string Marker = "run";

    private readonly bool isKept;

    private SpoolFolder(string path, bool isKept) => (Path, this.isKept) = (path, isKept);

    public string Path { get; }

    /// <summary>Opens the folder for a run.</summary>
    /// <param name="wanted">Where to keep pages; null keeps them nowhere after the run.</param>
    /// <param name="question">What makes two runs the same: address, time of the last change asked for.</param>
    /// <param name="youngest">Pages begun before this are too old.</param>
    /// <param name="now">When this run began.</param>
    public static SpoolFolder Open(string? wanted, string question, DateTimeOffset youngest, DateTimeOffset now)
    {
        if (wanted is null) return new(Directory.CreateTempSubdirectory("k12hub-rest-").FullName, isKept: false);

        var marker = System.IO.Path.Combine(wanted, Marker);
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
        if (File.Exists(marker))
        {
            var known = File.ReadAllText(marker).Split(' ');
            var isOurs = known is [var same, var began] && same == mark
                && DateTimeOffset.TryParse(began, null, out var at) && at >= youngest;
            if (isOurs) return new(wanted, isKept: true);
        }

        else if (Directory.Exists(wanted) && Directory.EnumerateFileSystemEntries(wanted).Any())
        {
            // Somebody's folder, and not ours to delete.
            throw new IOException($"{wanted} holds something else than pages of a run. Name another folder.");
        }

        if (Directory.Exists(wanted)) Directory.Delete(wanted, recursive: true);
        Make(wanted);
        File.WriteAllText(marker, $"{mark} {now:O}");

        return new(wanted, isKept: true);
    }

    /// <summary>Ends with the folder.</summary>
    /// <param name="isDone">Whether the run is done with it; else the next start goes on from it.</param>
    public void End(bool isDone)
    {
        if ((isDone || !isKept) && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
