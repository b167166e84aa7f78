using System.IO.Compression;

namespace K12Hub.OneRoster.Package;

/// <summary>A zip with CSV files in it. Nothing is unpacked to disk; each file is read as a stream.</summary>
internal sealed class ZipPackage : RosterPackage
{
    private const int LinkType = 0xA000;
    private const int TypeMask = 0xF000;

    /// <summary>Below this size, in bytes, a tightly packed file is a small file and not a bomb.</summary>
    private const long SmallFile = 1_048_576;

    private static readonly string[] archives =
        [".zip", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".rar", ".jar"];

    private readonly FileStream stream;
    private readonly ZipArchive? zip;

    public ZipPackage(FileInfo file, OneRosterSettings settings) : base(file.Name)
    {
        if (file.Length == 0 || file.Length > settings.MaxPackageBytes) throw WrongSize(file, settings);

        var snapshot = Snapshot.Of(file);
        stream = Snapshot.OpenFile(file);
        try
        {
            ZipDirectory.Verify(stream, settings);
            stream.Position = 0;
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var entries = zip.Entries.Select(entry => new Entry(entry)).ToList();
            foreach (var entry in entries) entry.Verify(settings);
            foreach (var entry in BesideManifest(entries)) Add(new ZipFile(entry, snapshot));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        zip?.Dispose();
        stream.Dispose();
    }

    private static RefusedException WrongSize(FileInfo file, OneRosterSettings settings) => file.Length == 0
        ? new(OneRosterRules.PackageNotZip.Broken(
            "This file is empty or not an ordinary file. Give the zip of all OneRoster files."))
        : new(OneRosterRules.PackageTooLarge.Broken(
            $"The zip is larger than {settings.MaxPackageMegabytes} MB. If that is right, raise OneRoster:"
            + $"{nameof(settings.MaxPackageMegabytes)}."));

    /// <summary>The standard wants the files at the root; many put them into a folder. Where the manifest is, there
    /// the others are taken from.</summary>
    private static IEnumerable<Entry> BesideManifest(List<Entry> entries)
    {
        var csv = entries.Where(e => e.IsCsv).ToList();
        var manifests = csv.Where(e => e.Name.Equals(Manifest.FileName, StringComparison.OrdinalIgnoreCase)).ToList();
        if (manifests.Count > 1)
        {
            throw new RefusedException(OneRosterRules.FileTwice.Broken(
                "The zip holds more than one manifest.csv. Send one package per zip.", Manifest.FileName));
        }

        return manifests.Count == 0 ? csv : csv.Where(e => e.Folder == manifests[0].Folder);
    }

    private sealed class Entry
    {
        public Entry(ZipArchiveEntry entry)
        {
            Zipped = entry;
            FullName = entry.FullName.Replace('\\', '/');
            var slash = FullName.LastIndexOf('/');
            Folder = FullName[..(slash + 1)];
            Name = FullName[(slash + 1)..];
        }

        public ZipArchiveEntry Zipped { get; }

        public string FullName { get; }

        public string Folder { get; }

        public string Name { get; }

        /// <remarks>macOS adds a folder <c>__MACOSX</c> with a companion <c>._users.csv</c> for each file.</remarks>
        public bool IsCsv => Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            && !Name.StartsWith("._", StringComparison.Ordinal)
            && !FullName.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase);

        public void Verify(OneRosterSettings settings)
        {
            if (LeadsOut(FullName)) throw Refuse(OneRosterRules.ZipUnsafeName, "has a name that leads out of the zip");
            if (((Zipped.ExternalAttributes >> 16) & TypeMask) == LinkType)
                throw Refuse(OneRosterRules.FileLink, "is a link. Put the file itself into the zip");
            if (archives.Contains(Path.GetExtension(Name).ToLowerInvariant()))
                throw Refuse(OneRosterRules.ZipNested, "is an archive within the zip. Put the CSV files into one zip");
            if (Zipped.IsEncrypted)
                throw Refuse(OneRosterRules.ZipEncrypted, "is protected by a password. Send the zip without one");
            if (Zipped.Length > settings.MaxFileBytes)
                throw Refuse(OneRosterRules.ZipBomb, $"unpacks to more than {settings.MaxFileMegabytes} MB");
            if (Zipped.Length > SmallFile && Zipped.Length / settings.MaxCompressionRatio > Zipped.CompressedLength)
                throw Refuse(OneRosterRules.ZipBomb, $"unpacks to over {settings.MaxCompressionRatio} times its size");
        }

        private static bool LeadsOut(string name) =>
            name.StartsWith('/')
            || name.Any(char.IsControl)
            || (name.Length > 1 && name[1] == ':')
            || name.Split('/').Contains("..");

        private RefusedException Refuse(OneRosterRule rule, string what) =>
            new(rule.Broken($"A file in the zip {what}.", Name, value: FullName));
    }

    private sealed class ZipFile(Entry entry, Snapshot snapshot) : PackageFile(entry.Name, entry.Zipped.Length)
    {
        public override Stream Open(Action<int> onRead) => Length == 0
            ? Stream.Null
            : new GuardedStream(entry.Zipped.Open(), Name, Length, entry.Zipped.Crc32, onRead, snapshot);
    }
}
