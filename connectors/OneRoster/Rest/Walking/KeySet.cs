using System.Buffers.Binary;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>Keys that were met, as hashes of 64 bits: a million take some 20 MB, and two of a million fall together
/// once in 40 million runs.</summary>
internal sealed class KeySet
{
    private const ulong First = 0x9E3779B97F4A7C15, Second = 0xD1B54A32D192ED03;

    private readonly HashSet<ulong> hashes = [];

    /// <summary>How many different keys.</summary>
    public int Count => hashes.Count;

    /// <summary>A mark of the whole set, whatever the order in which it was filled.</summary>
    public ulong Digest { get; private set; }

    /// <summary>Adds a key; false when it is there already.</summary>
    public bool Add(ulong hash)
    {
        if (!hashes.Add(hash)) return false;
        Digest ^= hash;

        return true;
    }

    public bool Contains(ulong hash) => hashes.Contains(hash);

    /// <summary>The hash of a key, blanks around it left out.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key)
    {
        while (key.Length > 0 && key[0] <= 32) key = key[1..];
        while (key.Length > 0 && key[^1] <= 32) key = key[..^1];
        var hash = Mix((ulong)key.Length, First);
        while (key.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key), Second);
            key = key[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (var b in key) rest = (rest << 8) | b;

        return Mix(Mix(hash ^ rest, First), Second);
    }

    private static ulong Mix(ulong one, ulong other)
    {
        var high = Math.BigMul(one ^ First, other, out var low);

        return high ^ low;
    }
}
