using K12Hub.Contracts;

namespace K12Hub.OneRoster.Csv;

/// <summary>Where the columns we know stand in a file.</summary>
/// <param name="Positions">For each column by ordinal its place in the file, or -1.</param>
/// <param name="Cells">How many cells the header has, and a row may have.</param>
/// <param name="Width">How many cells a row must have; empty header cells at the end do not count.</param>
/// <param name="LastRead">The place of the last column that is read.</param>
internal sealed record Header(int[] Positions, int Cells, int Width, int LastRead)
{
    /// <summary>Matches names in any order and case, then by alias; says what is missing and what is unknown.</summary>
    public static Header Match(
        IReadOnlyList<string> names, FileColumns file, OneRosterVersion version, List<RosterFinding> findings)
    {
        var cleaned = names.Select(n => TextCleaning.Clean(n)).ToList();
        var width = cleaned.FindLastIndex(n => n.Length > 0) + 1;
        var positions = new int[file.All.Count];
        Array.Fill(positions, -1);
        foreach (var column in file.All.Where(c => c.IsIn(version)))
            positions[column.Ordinal] = Find(cleaned, column, file, findings);

        foreach (var column in file.All.Where(c => c.IsIn(version) && positions[c.Ordinal] < 0))
            if (column.Need != Need.Optional) findings.Add(Missing(column, file, cleaned));

        foreach (var name in cleaned.Where((n, i) => n.Length > 0 && !positions.Contains(i) && !IsKnown(n, file)))
        {
            findings.Add(OneRosterRules.ColumnUnknown.Broken(
                $"{file.FileName} has a column {Short(name)} that is not in the standard; it is not read.",
                file.FileName, 1, value: name));
        }

        return new(positions, names.Count, width, positions.Max());
    }

    private static int Find(List<string> names, Column column, FileColumns file, List<RosterFinding> findings)
    {
        var at = names.FindIndex(n => n.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        if (at >= 0)
        {
            if (names.FindIndex(at + 1, n => n.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) >= 0)
            {
                findings.Add(OneRosterRules.ColumnTwice.Broken(
                    $"{file.FileName} has the column {column.Name} twice. Send it once.",
                    file.FileName, 1, column.Name));
            }

            return at;
        }

        at = names.FindIndex(n => column.Aliases.Contains(n, StringComparer.OrdinalIgnoreCase));
        if (at >= 0)
        {
            findings.Add(OneRosterRules.ColumnAlias.Broken(
                $"{file.FileName} calls the column {column.Name} {Short(names[at])}; it is read all the same.",
                file.FileName, 1, column.Name, names[at]));
        }

        return at;
    }

    private static RosterFinding Missing(Column column, FileColumns file, List<string> names)
    {
        if (column.Need == Need.Expected)
        {
            return OneRosterRules.ColumnAbsent.Broken(
                $"{file.FileName} has no column {column.Name}; its cells count as empty.",
                file.FileName, 1, column.Name);
        }

        var separator = names.Count == 1 && names[0].AsSpan().IndexOfAny(';', '\t', '|') >= 0
            ? " It seems to be separated by something else than commas; export it with commas."
            : " Add it to the export.";

        return OneRosterRules.ColumnMissing.Broken(
            $"{file.FileName} has no column {column.Name}.{separator}", file.FileName, 1, column.Name);
    }

    private static bool IsKnown(string name, FileColumns file) =>
        name.StartsWith("metadata.", StringComparison.OrdinalIgnoreCase) || file.IsUnread(name);

    private static string Short(string name) => name.Length <= 40 ? name : name[..40];
}
