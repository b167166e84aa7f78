namespace K12Hub.OneRoster.Package;

/// <summary>How a file looked when it was opened, to notice an exporter that still writes it.</summary>
internal sealed class Snapshot
{
    private readonly FileInfo file;
    private readonly long length;
    private readonly DateTime written;

    private Snapshot(FileInfo file)
    {
        this.file = file;
        length = file.Length;
        written = file.LastWriteTimeUtc;
    }

    public static Snapshot Of(FileInfo file) => new(file);

    /// <summary>Opens a file for reading on the caller's thread.</summary>
    public static FileStream OpenFile(FileInfo file) => new(file.FullName, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 131_072,
        Options = FileOptions.SequentialScan,
    });

    /// <exception cref="RefusedException">The file is not what it was.</exception>
    public void Verify()
    {
        file.Refresh();
        if (file.Exists && file.Length == length && file.LastWriteTimeUtc == written) return;

        throw new RefusedException(OneRosterRules.FileChanged.Broken(
            "The file changed while it was read. Wait until the export is finished and start again.", file.Name));
    }
}
