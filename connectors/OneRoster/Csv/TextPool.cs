using System.Text;

namespace K12Hub.OneRoster.Csv;

/// <summary>Gives the same string again for a text seen a short while ago: roles, grades, schools and classes repeat
/// in a million rows, and a string is dearer than a look.</summary>
/// <remarks>A fixed table without chains: a new text takes the place of the old one with the same hash, so that a
/// file of a million different texts does not grow it.</remarks>
internal sealed class TextPool
{
    /// <summary>Places; a power of two. 8,192 strings of 40 characters are less than a megabyte.</summary>
    private const int Places = 8_192;

    /// <summary>Longest text that is kept, in bytes.</summary>
    private const int LongestKept = 64;

    private readonly string?[] kept = new string?[Places];

    /// <param name="ascii">A text that is ASCII throughout.</param>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > LongestKept) return Encoding.ASCII.GetString(ascii);

        var hash = new HashCode();
        hash.AddBytes(ascii);
        ref var place = ref kept[hash.ToHashCode() & (Places - 1)];
        if (place is null || !Ascii.Equals(ascii, place)) place = Encoding.ASCII.GetString(ascii);

        return place;
    }
}
