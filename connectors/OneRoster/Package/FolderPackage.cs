namespace K12Hub.OneRoster.Package;

/// <summary>A folder with CSV files in it. Only its own files are looked at, not those of folders below.</summary>
internal sealed class FolderPackage : RosterPackage
{
    public FolderPackage(DirectoryInfo folder, OneRosterSettings settings) : base(folder.Name)
    {
        var count = 0;
        foreach (var file in folder.EnumerateFiles())
        {
            if (++count > settings.MaxFiles) throw TooManyFiles(settings);
            if (file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)) Add(Checked(file, settings));
        }
    }

    public override void Dispose()
    {
    }

    /// <remarks>Pipes and devices say that they are empty, and so they are never opened: opening a pipe waits for
    /// somebody to write.</remarks>
    private static FolderFile Checked(FileInfo file, OneRosterSettings settings)
    {
        if (file.LinkTarget is not null)
        {
            throw new RefusedException(OneRosterRules.FileLink.Broken(
                $"{file.Name} is a link to another place. Put the file itself into the folder.", file.Name));
        }

        if (file.Length > settings.MaxFileBytes)
        {
            throw new RefusedException(OneRosterRules.FileTooLarge.Broken(
                $"{file.Name} is larger than {settings.MaxFileMegabytes} MB. If that is right, raise OneRoster:"
                + $"{nameof(settings.MaxFileMegabytes)}.", file.Name));
        }

        return new(file);
    }

    private sealed class FolderFile(FileInfo file) : PackageFile(file.Name, file.Length)
    {
        private readonly Snapshot snapshot = Snapshot.Of(file);

        public override Stream Open(Action<int> onRead)
        {
            if (Length == 0) return Stream.Null;

            return new GuardedStream(Snapshot.OpenFile(file), Name, Length, expectedCrc: null, onRead, snapshot);
        }
    }
}
