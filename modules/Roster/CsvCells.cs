namespace K12Hub.Roster;

/// <summary>Lines of a CSV file (RFC 4180) that a spreadsheet shows as text and never takes for a formula.</summary>
internal static class CsvCells
{
    // What a spreadsheet may take for a formula, or for something before one.
    private const string Dangerous = "=+-@\t\r\n";

    /// <summary>A line with its end. Every cell is in quotes; one that begins like a formula gets an apostrophe first,
    /// which spreadsheets do not show.</summary>
    public static string Line(params ReadOnlySpan<string?> cells)
    {
        var quoted = new string[cells.Length];
        for (var i = 0; i < cells.Length; i++) quoted[i] = Cell(cells[i] ?? "");
        return string.Join(',', quoted) + "\r\n";
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && Dangerous.Contains(text[0]) ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
