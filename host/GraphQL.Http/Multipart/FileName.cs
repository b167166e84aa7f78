using System.Buffers;
using System.Globalization;
using System.Text;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>Makes of a name a caller sent one that can be shown: no folder, nothing invisible, nothing that turns the
/// reading direction, and no spaces or dots at its ends.</summary>
internal static class FileName
{
    private const int MaxLength = 120;
    private const string Nameless = "file";

    // What separates folders somewhere, or looks as if.
    private static readonly SearchValues<char> Separators =
        SearchValues.Create("/\\:\u2215\u2044\uFF0F\uFF3C\uFF1A");

    public static string Clean(string? sent)
    {
        // What cannot be seen goes first, so that it cannot hide anything from the rest.
        var name = string.Concat((sent ?? "").EnumerateRunes().Where(IsShown));
        name = name[(name.AsSpan().LastIndexOfAny(Separators) + 1)..].Trim(' ', '.');
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxLength) break;
            clean.Append(rune);
        }

        return clean.Length == 0 ? Nameless : clean.ToString();
    }

    // Half a surrogate pair is enumerated as U+FFFD.
    private static bool IsShown(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
