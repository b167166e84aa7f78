namespace K12Hub.OneRoster.Package;

/// <summary>A zip or a folder with CSV files in it.</summary>
internal abstract class RosterPackage(string origin) : IDisposable
{
    private readonly Dictionary<string, PackageFile> files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name of the zip or folder, without its path.</summary>
    public string Origin { get; } = origin;

    /// <summary>The CSV files beside manifest.csv.</summary>
    public IReadOnlyCollection<PackageFile> Files => files.Values;

    /// <summary>Opens a zip or a folder.</summary>
    /// <exception cref="RefusedException">It cannot be read, or is not safe to read.</exception>
    public static RosterPackage Open(string path, OneRosterSettings settings)
    {
        if (Directory.Exists(path)) return new FolderPackage(new DirectoryInfo(path), settings);
        if (File.Exists(path)) return new ZipPackage(new FileInfo(path), settings);

        throw new RefusedException(OneRosterRules.PackageNotFound.Broken(
            "There is no such file or folder, or it may not be read. Check the path.", value: path));
    }

    /// <summary>The file of that name, in whatever case it is written; null when there is none.</summary>
    public PackageFile? Find(string name) => files.GetValueOrDefault(name);

    public abstract void Dispose();

    protected void Add(PackageFile file)
    {
        if (!files.TryAdd(file.Name, file))
        {
            throw new RefusedException(OneRosterRules.FileTwice.Broken(
                $"{file.Name} is in the package twice. Send one of each file.", file.Name));
        }
    }

    protected static RefusedException TooManyFiles(OneRosterSettings settings) =>
        new(OneRosterRules.PackageTooManyFiles.Broken(
            $"The package holds more than {settings.MaxFiles} files. Send only the OneRoster files."));
}

/// <summary>One file of a package.</summary>
/// <param name="name">Its name without folders, as written.</param>
/// <param name="length">Its size in bytes, unpacked.</param>
internal abstract class PackageFile(string name, long length)
{
    public string Name { get; } = name;

    public long Length { get; } = length;

    /// <summary>Opens the file for reading from its start to its end; the stream refuses what does not agree with
    /// what was announced.</summary>
    public abstract Stream Open(Action<int> onRead);
}
