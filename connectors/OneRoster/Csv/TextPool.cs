using System.Buffers.Binary;
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

    /// <summary>Odd, with bits all over: 2^64 divided by the golden ratio.</summary>
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Longest text that is kept, in bytes.</summary>
    private const int LongestKept = 64;

    private readonly string?[] kept = new string?[Places];

    /// <param name="ascii">A text that is ASCII throughout.</param>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > LongestKept) return Encoding.ASCII.GetString(ascii);

        ref var place = ref kept[PlaceOf(ascii)];
        if (place is null || !Ascii.Equals(ascii, place)) place = Encoding.ASCII.GetString(ascii);

        return place;
    }

    /// <summary>Mixes eight bytes at a time. Texts that fall into one place cost time and nothing else, so it need not
    /// be safe against an adversary.</summary>
    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        var mixed = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            mixed = (mixed ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier;
            mixed ^= mixed >> 29;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes) mixed = (mixed ^ b) * Multiplier;

        return (int)(mixed >> 40) & (Places - 1);
    }
}
