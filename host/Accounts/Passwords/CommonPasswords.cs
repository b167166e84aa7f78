using System.Globalization;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>Passwords that many people choose: what guessing starts with. No list of others is shipped; these are made
/// of <c>Data/common-words.txt</c> in the ways people make them.</summary>
internal static class CommonPasswords
{
    /// <summary>Size of the filter; about 13 bits for each password, which errs twice in a thousand.</summary>
    public const int FilterBytes = 2 * 1024 * 1024;

    private const int Shortest = 8, FirstYear = 1950, LastYear = 2030;

    private static readonly Lazy<BloomFilter> Filter = new(() => new(EmbeddedData.Bytes("common-passwords.bloom")));

    private static readonly string[] Ends =
    [
        "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "0", "00",
        "01", "007", "11", "111", "1111", "22", "69", "77", "88", "99", "321", "!", "!!", "1!", "12!", "123!", "1234!",
        "?", ".", "*", "#", "#1", "@1", "@123", "$", "_1", "_123", "-1", "abc", "xyz", "xoxo",
    ];

    // What looks like a letter, and the letter.
    private const string Digits = "013457@$!", Letters = "oieastasi";

    private static readonly string[] EndsOfTwo = ["", "1", "123"];

    /// <summary>Whether many people choose it, however they write it.</summary>
    public static bool Hold(string password)
    {
        var lower = password.ToLowerInvariant();
        return Filter.Value.MayHold(lower) || Filter.Value.MayHold(Plain(lower)) || IsMonotonous(lower);
    }

    /// <summary>With letters where people put digits that look like them.</summary>
    public static string Plain(string lower)
    {
        var text = new StringBuilder(lower);
        for (var i = 0; i < Digits.Length; i++) text.Replace(Digits[i], Letters[i], 0, LettersOf(text));

        return text.ToString();
    }

    /// <summary>Every password of the list; some come twice.</summary>
    public static IEnumerable<string> All()
    {
        var words = EmbeddedData.Lines("common-words.txt")
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        return words.SelectMany(OfOne).Concat(words.SelectMany(word => OfTwo(word, words)))
            .Where(password => password.Length >= Shortest);
    }

    private static IEnumerable<string> OfOne(string word)
    {
        foreach (var end in Ends)
        {
            yield return word + end;
            yield return word + word + end;
        }

        for (var year = FirstYear; year <= LastYear; year++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{word}{year}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{word}{year}!");
        }
    }

    private static IEnumerable<string> OfTwo(string word, List<string> words) =>
        words.SelectMany(second => EndsOfTwo.Select(end => word + second + end));

    /// <summary>Length without the digits and marks at the end, which stay what they are.</summary>
    private static int LettersOf(StringBuilder text)
    {
        var length = text.Length;
        while (length > 0 && !char.IsLetter(text[length - 1])) length--;
        return length;
    }

    /// <summary>Few different characters, or each the one after the last: aaaaaaaa, abababab, 12345678.</summary>
    private static bool IsMonotonous(string lower)
    {
        if (lower.Distinct().Count() <= 3) return true;

        var steps = lower.Zip(lower.Skip(1), (a, b) => b - a).ToList();
        return steps.Count(step => step is 1 or -1 or -9 or 9) >= steps.Count - 2;
    }
}
