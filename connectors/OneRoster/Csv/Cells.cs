using System.Globalization;
using System.Text;

namespace K12Hub.OneRoster.Csv;

/// <summary>Words of an enumeration, in any case; also <c>ext:</c> words, which 1.2 allows everywhere.</summary>
internal sealed class Vocabulary(params string[] words)
{
    private readonly Dictionary<string, string> known =
        words.ToDictionary(w => w, w => w, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds another spelling of a word.</summary>
    public Vocabulary Also(string spelling, string word)
    {
        known[spelling] = word;

        return this;
    }

    public string? Find(string text) =>
        known.TryGetValue(text, out var word) ? word
        : text.StartsWith("ext:", StringComparison.OrdinalIgnoreCase) && text.Length > 4 ? text
        : null;

    public override string ToString() => string.Join(", ", known.Values.Distinct());
}

/// <summary>How a list stands in one cell.</summary>
internal enum ListForm
{
    /// <summary>Keys: commas only, because vendors' keys contain bars, semicolons and blanks.</summary>
    Keys,

    /// <summary>Texts: commas or semicolons.</summary>
    Texts,

    /// <summary>Grades: also bars, and blanks between short codes (<c>9 10</c>, but not <c>Second grade</c>).</summary>
    Grades,
}

/// <summary>Splits cells into lists and keeps the lists that repeat.</summary>
internal sealed class Lists
{
    private const int MostKept = 4_096;

    private readonly Dictionary<(string, ListForm), string[]> kept = [];
    private readonly Dictionary<(string, ListForm), string[]> sent = [];
    private readonly Dictionary<string, string[]> fields = [];

    public string[] Parts(string text, ListForm form)
    {
        if (kept.TryGetValue((text, form), out var parts)) return parts;
        parts = Split(text, form);
        if (kept.Count == MostKept) kept.Clear();
        kept[(text, form)] = parts;

        return parts;
    }

    /// <summary>The parts of a list that was sent as one: only grades are looked into.</summary>
    public string[] SentParts(string text, ListForm form)
    {
        if (sent.TryGetValue((text, form), out var parts)) return parts;
        parts = text.Split(Row.PartSeparator);
        for (var i = 0; i < parts.Length; i++) parts[i] = CleanFields(parts[i]);
        if (parts.Contains("")) parts = [.. parts.Where(part => part.Length > 0)];
        if (form is ListForm.Grades) parts = [.. parts.SelectMany(part => Split(part, form))];
        if (sent.Count == MostKept) sent.Clear();
        sent[(text, form)] = parts;

        return parts;
    }

    /// <summary>The fields of a part.</summary>
    public string[] Fields(string part)
    {
        if (fields.TryGetValue(part, out var found)) return found;
        if (fields.Count == MostKept) fields.Clear();

        return fields[part] = part.Split(Row.FieldSeparator);
    }

    /// <summary>Cleans a part, or each of its fields.</summary>
    public static string CleanFields(string part) =>
        !part.Contains(Row.FieldSeparator) ? TextCleaning.Clean(part)
        : IsClean(part) ? part
        : string.Join(Row.FieldSeparator, part.Split(Row.FieldSeparator).Select(TextCleaning.Clean));

    private static bool IsClean(string part)
    {
        foreach (var range in part.AsSpan().Split(Row.FieldSeparator))
        {
            var field = part.AsSpan(range);
            if (field.ContainsAnyExceptInRange('!', '~')) return false;
        }

        return true;
    }

    private static string[] Split(string text, ListForm form)
    {
        const StringSplitOptions options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var parts = form switch
        {
            ListForm.Keys => text.Split(',', options),
            ListForm.Texts => text.Split([',', ';'], options),
            _ => text.Split([',', ';', '|'], options),
        };
        if (form != ListForm.Grades) return parts;
        var words = text.Split([',', ';', '|', ' '], options);

        return words.All(w => w.Length <= 2) ? words : parts;
    }
}

/// <summary>Yes and no as systems write them.</summary>
internal static class Flags
{
    public static bool TryParse(ReadOnlySpan<byte> text, out bool flag)
    {
        flag = Is(text, "true") || Is(text, "1") || Is(text, "yes") || Is(text, "t") || Is(text, "y");

        return flag || Is(text, "false") || Is(text, "0") || Is(text, "no") || Is(text, "f") || Is(text, "n");
    }

    private static bool Is(ReadOnlySpan<byte> text, string word) => Ascii.EqualsIgnoreCase(text, word);
}

/// <summary>Days as <c>2026-08-31</c>, alone or before a time. Anything else, such as <c>8/9/2026</c>, may mean two
/// days and is not read.</summary>
internal static class Dates
{
    private const int Length = 10;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length < Length || text[4] != '-' || text[7] != '-') return false;
        if (text.Length > Length && text[Length] is not ((byte)'T' or (byte)' ')) return false;
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);

        return true;
    }

    /// <summary>Days that systems send for "none": 0001-01-01, 1900-01-01.</summary>
    public static bool IsStandIn(DateOnly date) => date.Year < 1900 || (date.Year == 1900 && date.DayOfYear == 1);

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}

/// <summary>Moments in ISO 8601 and near it; without a zone they are taken as UTC. The last one is kept, because
/// exporters stamp all rows alike.</summary>
internal sealed class Moments
{
    private byte[] lastText = [];
    private DateTimeOffset last;

    public bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset moment)
    {
        moment = last;
        if (text.SequenceEqual(lastText)) return true;
        if (text.Length > 40 || !Dates.TryParse(text, out _)) return false;
        var read = DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
        if (read) (lastText, last) = (text.ToArray(), moment);

        return read;
    }
}
