using System.Text;

namespace K12Hub.OneRoster.Csv;

/// <summary>Makes texts comparable and storable without changing what they say.</summary>
internal static class TextCleaning
{
    /// <summary>Takes blanks and control characters off both ends and control characters out of the middle (line
    /// breaks and tabs stay: they are legal in a quoted cell), and joins letters with their accents.</summary>
    public static string Clean(string text)
    {
        // Nearly all texts: nothing to clean, and no accents.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text.Trim(' ');

        var span = text.AsSpan();
        var first = 0;
        var last = span.Length - 1;
        while (first <= last && IsBlank(span[first])) first++;
        while (last >= first && IsBlank(span[last])) last--;
        var trimmed = span.Length == last - first + 1 ? text : text.Substring(first, last - first + 1);

        return Composition.Compose(trimmed.Any(IsForbidden) ? WithoutForbidden(trimmed) : trimmed);
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\uFEFF' or '\u200B';

    private static bool IsForbidden(char c) => char.IsControl(c) && c is not ('\t' or '\r' or '\n');

    private static string WithoutForbidden(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsForbidden(c)) kept.Append(c);

        return kept.ToString();
    }
}
