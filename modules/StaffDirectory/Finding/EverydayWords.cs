using System.Text;

namespace K12Hub.StaffDirectory;

/// <summary>The words of what somebody wrote, as they are compared: small letters without accents.</summary>
internal static class EverydayWords
{
    /// <summary>Words beyond are not looked at: by then it is clear what somebody wants, or nothing is.</summary>
    public const int Most = 40;

    private const int Longest = 40;
    private const string Accented = "áàâäãåéèêëíìîïóòôöõúùûüñç";
    private const string Plain = "aaaaaaeeeeiiiiooooouuuunc";

    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var written in text)
        {
            var c = Folded(written);
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) word.Append(c);
            else if (c is not '\'' and not '’' && !IsMark(c)) End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length is > 0 and <= Longest && words.Count < Most) words.Add(word.ToString());
            word.Clear();
        }
    }

    private static char Folded(char written)
    {
        var small = char.ToLowerInvariant(written);
        var accent = Accented.IndexOf(small, StringComparison.Ordinal);
        return accent < 0 ? small : Plain[accent];
    }

    // An accent that stands behind its letter.
    private static bool IsMark(char c) => c is >= '\u0300' and <= '\u036f';
}
