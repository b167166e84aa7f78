using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster.Supplements;

/// <summary>Opens supplementary files: one CSV, keyed by the sourcedIds of a roster, with what OneRoster has no place
/// for.</summary>
/// <param name="settings">How large a file may be.</param>
public sealed class SupplementCsv(OneRosterSettings settings) : ISupplementReader
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Fields { get; } =
        [.. new SupplementColumns("supplement").All.All.Select(column => column.Name)];

    /// <inheritdoc/>
    public async ValueTask<RosterOpening> OpenAsync(
        SupplementFile file, SupplementMapping mapping, IRosterFindings findings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(mapping);
        var columns = new SupplementColumns(Path.GetFileNameWithoutExtension(file.Name));
        var told = new List<RosterFinding>();
        var header = await HeaderAsync(new SentFile(file), columns, mapping, told, ct);
        var refused = told.Where(finding => finding.Effect is FindingEffect.RunRejected).ToList();
        foreach (var finding in told.Except(refused)) findings.Add(finding);
        return header is null || refused.Count > 0
            ? new(null, refused)
            : new(new SupplementSource(new SentFile(file), columns, header, mapping, settings, findings), []);
    }

    private async ValueTask<Header?> HeaderAsync(
        SentFile file, SupplementColumns columns, SupplementMapping mapping, List<RosterFinding> told,
        CancellationToken ct)
    {
        var name = columns.All.FileName;
        try
        {
            if (file.Length > settings.MaxFileBytes)
            {
                told.Add(OneRosterRules.FileTooLarge.Broken($"{name} is larger than the limit.", name));
                return null;
            }

            var names = await CsvTable.HeaderOf(file, settings, ct);
            if (names.Count > 0)
            {
                return Header.Match(
                    [.. names.Select(one => FieldOf(one, mapping))], columns.All, OneRosterVersion.V12, told);
            }

            told.Add(OneRosterRules.FileEmpty.Broken($"{name} has no header line. Export it again.", name));
        }
        catch (CsvFormatException)
        {
            told.Add(CsvTable.TooLong(name, 1, settings.MaxRowBytes).Reason);
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, name) is { } reason)
        {
            told.Add(reason);
        }

        return null;
    }

    /// <summary>Our name of a column; its own where the mapping says nothing of it.</summary>
    private static string FieldOf(string name, SupplementMapping mapping)
    {
        var cleaned = TextCleaning.Clean(name);
        return mapping.Columns.FirstOrDefault(known => Is(known.Column, cleaned))?.Field
            ?? (mapping.Columns.Any(known => Is(known.Field, cleaned)) ? $"metadata.{cleaned}" : cleaned);

        static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class SentFile(SupplementFile file) : PackageFile(file.Name, file.Length)
    {
        public override Stream Open(Action<int> onRead) => file.Open();
    }
}
