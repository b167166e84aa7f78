namespace K12Hub.Postgres;

/// <summary>A lock between processes that the system lets go of when its holder dies, however it dies.</summary>
internal sealed class LockFile : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream stream;

    private LockFile(FileStream stream) => this.stream = stream;

    /// <summary>A lock many may hold together.</summary>
    public static LockFile Share(string path)
    {
        const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Anyone))
        {
            // Only so that the file is there: a lock that is shared must be opened for reading.
        }

        return TryOpen(path, FileShare.Read)
            ?? throw new IOException($"{path} is being used to stop the server.");
    }

    /// <summary>A lock only one may hold; null when somebody holds it.</summary>
    public static LockFile? TryTake(string path) => TryOpen(path, FileShare.None);

    /// <summary>A lock only one may hold, waited for.</summary>
    /// <exception cref="TimeoutException">Somebody held it for longer than <paramref name="patience"/>.</exception>
    public static async Task<LockFile> TakeAsync(string path, TimeSpan patience, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < patience; waited += Pause)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Pause, ct).ConfigureAwait(false);
        }

        throw new TimeoutException(
            $"Another process has been starting or stopping this server for {patience.TotalSeconds} s ({path}).");
    }

    public void Dispose() => stream.Dispose();

    // FileShare becomes flock(2) on Unix: None is exclusive, Read on a file open for reading is shared.
    private static LockFile? TryOpen(string path, FileShare share)
    {
        try
        {
            return new LockFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, share));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
