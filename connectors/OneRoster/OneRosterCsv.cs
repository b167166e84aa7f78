using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Package;
using K12Hub.OneRoster.Records;

namespace K12Hub.OneRoster;

/// <summary>Opens OneRoster CSV packages, 1.1 and 1.2, as a zip or as a folder.</summary>
public static class OneRosterCsv
{
    private static readonly FileColumns[] files =
    [
        OrgFile.Columns, AcademicSessionFile.Columns, CourseFile.Columns, UserFile.Columns,
        RoleFile.Columns, ClassFile.Columns, EnrollmentFile.Columns, DemographicsFile.Columns,
    ];

    /// <summary>Looks at the manifest and at the header of every file, so that a package that cannot be taken in is
    /// refused before a row is read, with all reasons at once.</summary>
    /// <param name="fileOrFolder">The zip, or the folder the CSV files are in.</param>
    /// <param name="settings">How large a package may be.</param>
    /// <param name="findings">Takes warnings and rejected rows, now and while the source is read. Reasons to refuse
    /// the package come in the answer, or later as <see cref="IRosterSource.Rejection"/>.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The package ready to be read, or the reasons why it is refused. The caller disposes the source.
    /// </returns>
    public static async ValueTask<RosterOpening> OpenAsync(
        string fileOrFolder, OneRosterSettings settings, IRosterFindings findings, CancellationToken ct)
    {
        RosterPackage? package = null;
        var refused = new List<RosterFinding>();
        CsvSource? source = null;
        try
        {
            package = RosterPackage.Open(fileOrFolder, settings);
            var manifest = await Manifest.ReadAsync(package, settings, ct);
            var version = manifest.Version ?? GuessVersion(package, findings);
            var modes = Modes(manifest, version, refused);
            var parts = await PartsAsync(package, version, modes, settings, refused, findings, ct);
            ReportIgnored(package, manifest, findings);
            if (refused.Count == 0) source = new CsvSource(package, version, modes, parts, settings, findings);
        }
        catch (CsvFormatException)
        {
            refused.Add(OneRosterRules.ManifestUnreadable.Broken(
                "manifest.csv is not a table with the columns propertyName and value.", Manifest.FileName));
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, null) is { } reason)
        {
            refused.Add(reason);
        }
        finally
        {
            if (source is null) package?.Dispose();
        }

        return new(source, refused);
    }

    private static OneRosterVersion GuessVersion(RosterPackage package, IRosterFindings findings)
    {
        var version = package.Find(RoleFile.Columns.FileName) is null ? OneRosterVersion.V11 : OneRosterVersion.V12;
        findings.Add(OneRosterRules.ManifestNoVersion.Broken(
            "manifest.csv names no oneroster.version; 1.2 is taken when there is a roles.csv, else 1.1.",
            Manifest.FileName));

        return version;
    }

    private static Dictionary<string, CollectionMode> Modes(
        Manifest manifest, OneRosterVersion version, List<RosterFinding> refused)
    {
        var modes = RosterCollections.All.ToDictionary(c => c, _ => CollectionMode.Absent);
        foreach (var file in files.Where(f => version == OneRosterVersion.V12 || f != RoleFile.Columns))
        {
            if (ModeOf(manifest, file, refused) is not { } mode) continue;
            modes[file.Collection] = mode;
        }

        // A package of changes may leave out what did not change.
        if (modes.ContainsValue(CollectionMode.Delta)) return modes;
        refused.AddRange(files
            .Where(file => modes[file.Collection] is CollectionMode.Absent && IsRequired(file, version))
            .Select(file => OneRosterRules.FileRequired.Broken(
                $"manifest.csv says that {file.FileName} is absent. Nothing can be taken in without it: send it.",
                file.FileName)));
        return modes;
    }

    private static CollectionMode? ModeOf(Manifest manifest, FileColumns file, List<RosterFinding> refused)
    {
        try
        {
            return manifest.ModeOf(file.Collection);
        }
        catch (RefusedException e)
        {
            refused.Add(e.Reason);
            return null;
        }
    }

    /// <summary>Roles are asked for only where they have a file of their own.</summary>
    private static bool IsRequired(FileColumns file, OneRosterVersion version) =>
        file == OrgFile.Columns || file == UserFile.Columns
        || (file == RoleFile.Columns && version is OneRosterVersion.V12);

    private static async ValueTask<List<CsvPart>> PartsAsync(RosterPackage package, OneRosterVersion version,
        Dictionary<string, CollectionMode> modes, OneRosterSettings settings, List<RosterFinding> refused,
        IRosterFindings findings, CancellationToken ct)
    {
        var parts = new List<CsvPart>();
        foreach (var columns in files.Where(f => modes[f.Collection] != CollectionMode.Absent))
        {
            if (package.Find(columns.FileName) is not { } file)
            {
                refused.Add(OneRosterRules.FileMissing.Broken(
                    $"manifest.csv says that {columns.FileName} is sent, but it is not there. Send it, or say absent.",
                    columns.FileName));
                continue;
            }

            var told = new List<RosterFinding>();
            if (await HeaderAsync(file, columns, version, settings, told, ct) is { } header)
                parts.Add(new(file, columns, header));
            refused.AddRange(told.Where(f => f.Effect == FindingEffect.RunRejected));
            foreach (var finding in told.Where(f => f.Effect != FindingEffect.RunRejected)) findings.Add(finding);
        }

        return parts;
    }

    private static async ValueTask<Header?> HeaderAsync(PackageFile file, FileColumns columns, OneRosterVersion version,
        OneRosterSettings settings, List<RosterFinding> told, CancellationToken ct)
    {
        try
        {
            var names = await CsvTable.HeaderOf(file, settings, ct);
            if (names.Count > 0) return Header.Match(names, columns, version, told);
            told.Add(OneRosterRules.FileEmpty.Broken(
                $"{columns.FileName} has no header line, or is no ordinary file. Export it again.", columns.FileName));
        }
        catch (CsvFormatException)
        {
            told.Add(CsvTable.TooLong(columns.FileName, 1, settings.MaxRowBytes).Reason);
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, columns.FileName) is { } reason)
        {
            told.Add(reason);
        }

        return null;
    }

    private static void ReportIgnored(RosterPackage package, Manifest manifest, IRosterFindings findings)
    {
        foreach (var file in package.Files)
        {
            var name = Path.GetFileNameWithoutExtension(file.Name);
            var announced = manifest.Modes.GetValueOrDefault(name, "absent") is "bulk" or "delta";
            if (announced || file.Name.Equals(Manifest.FileName, StringComparison.OrdinalIgnoreCase)) continue;
            findings.Add(OneRosterRules.FileIgnored.Broken(
                $"{file.Name} is not announced in manifest.csv; it is not read.", file.Name));
        }
    }
}
