using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>Block strings ("String Value"): what they mean, and how to write one.</summary>
public static class BlockString
{
    /// <summary>
    /// The meaning of the raw text between the quotes: common indentation and blank outer lines removed.
    /// </summary>
    public static string Dedent(string raw)
    {
        var lines = Lines(raw);
        var indent = CommonIndent(lines);
        int first = 0, last = lines.Count - 1;
        while (first <= last && IsBlank(lines[first])) first++;
        while (last >= first && IsBlank(lines[last])) last--;

        var value = new StringBuilder(raw.Length);
        for (var i = first; i <= last; i++)
        {
            if (i > first) value.Append('\n');
            value.Append(i == 0 ? lines[i] : lines[i][Math.Min(indent, lines[i].Length)..]);
        }

        return value.ToString();
    }

    /// <summary>Reads the block string that starts with three quotes at an offset.</summary>
    /// <returns>What it means; null when it does not end, then <paramref name="end"/> is the end of the text.</returns>
    internal static string? Read(ReadOnlySpan<byte> text, int at, out int end)
    {
        var start = at + 3;
        var search = start;
        while (true)
        {
            var length = text[search..].IndexOf("\"\"\""u8);
            if (length < 0)
            {
                end = text.Length;
                return null;
            }

            end = search + length + 3;
            if (length == 0 || text[search + length - 1] is not (byte)'\\') break;
            search = end;
        }

        var raw = Encoding.UTF8.GetString(text[start..(end - 3)]);
        return Dedent(raw.Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal));
    }

    /// <summary>
    /// Whether a block string can say this text: no odd characters, no outer blank lines, no own indentation.
    /// </summary>
    internal static bool CanExpress(string value)
    {
        if (value.Length == 0) return true;

        foreach (var character in value)
        {
            if (character is < ' ' and not ('\n' or '\t')) return false;
        }

        var lines = Lines(value);
        if (IsBlank(lines[0]) || IsBlank(lines[^1])) return false;

        return lines.Count == 1 || lines.Exists(StartsWithText);
    }

    /// <summary>
    /// Writes a block string: on one line when it is short and its end is clear, else between lines of quotes.
    /// </summary>
    internal static void Print(StringBuilder output, string value, bool minimize)
    {
        var lines = Lines(value);
        var endsInTriple = value.EndsWith("\"\"\"", StringComparison.Ordinal);
        // A quote or backslash before the closing quotes would be read as part of them.
        var needsLastLine = value.EndsWith('\\') || (value.EndsWith('"') && !endsInTriple);
        // When all further lines are indented, the first must stand among them, or they would lose their indentation.
        var needsFirstLine = lines.Count > 1 && !lines.Skip(1).Any(StartsWithText);
        var spread = !minimize && (lines.Count > 1 || value.Length > 70 || needsLastLine || endsInTriple);
        var startsIndented = lines.Count == 1 && value.Length > 0 && value[0] is (' ' or '\t');

        output.Append("\"\"\"");
        if (needsFirstLine || (spread && !startsIndented)) output.Append('\n');
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) output.Append('\n');
            output.Append(lines[i].Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal));
        }

        if (needsLastLine || spread) output.Append('\n');
        output.Append("\"\"\"");
    }

    private static bool StartsWithText(string line) => line.Length > 0 && line[0] is not (' ' or '\t');

    private static int CommonIndent(List<string> lines)
    {
        var common = int.MaxValue;
        for (var i = 1; i < lines.Count; i++)
        {
            var indent = LeadingBlanks(lines[i]);
            if (indent < lines[i].Length) common = Math.Min(common, indent);
        }

        return common == int.MaxValue ? 0 : common;
    }

    private static int LeadingBlanks(string line)
    {
        var count = 0;
        while (count < line.Length && line[count] is ' ' or '\t') count++;
        return count;
    }

    private static bool IsBlank(string line) => LeadingBlanks(line) == line.Length;

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r')) continue;
            lines.Add(text[start..i]);
            if (text[i] is '\r' && i + 1 < text.Length && text[i + 1] is '\n') i++;
            start = i + 1;
        }

        lines.Add(text[start..]);
        return lines;
    }
}
