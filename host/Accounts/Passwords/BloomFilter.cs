using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>A set that holds what was added for sure, and takes a few in a thousand others for added.</summary>
/// <param name="bits">The set; a power of two of bytes.</param>
internal sealed class BloomFilter(byte[] bits)
{
    private const int Hashes = 10;

    public void Add(string word)
    {
        foreach (var bit in PlacesOf(word)) bits[bit / 8] |= (byte)(1 << (int)(bit % 8));
    }

    public bool MayHold(string word) => PlacesOf(word).All(bit => (bits[bit / 8] & (1 << (int)(bit % 8))) != 0);

    private IEnumerable<long> PlacesOf(string word)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(word));
        var first = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        var step = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8)) | 1;
        var mask = ((ulong)bits.Length * 8) - 1;
        for (var i = 0; i < Hashes; i++) yield return (long)((first + ((ulong)i * step)) & mask);
    }
}
