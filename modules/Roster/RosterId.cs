using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Roster;

/// <summary>The id of a roster record: computed from where it comes from, never looked up and never drawn.</summary>
/// <remarks>
/// A name-based UUID (RFC 9562 version 5) of source key, collection and sourcedId. The same record of the same source
/// has the same id in every installation and for ever, so a reference resolves by computing, also when the record it
/// points to arrives next week. SHA-1 is what version 5 prescribes.
/// </remarks>
internal static class RosterId
{
    /// <summary>Names up to this length are hashed on the stack; sourcedIds have at most 255 characters.</summary>
    private const int OnStack = 512;

    /// <summary>Parts are joined by a character that no sourcedId holds.</summary>
    private const byte Separator = 0x1F;

    /// <summary>The name space of all roster ids; changing it would change every id.</summary>
    private static readonly Guid Space = new("6b3f6b0e-6f0c-5a53-9a6e-3c1f2d7c8e41");

    /// <summary>The id of a record.</summary>
    /// <param name="source">Key of the source within the district, for example <c>sis</c>.</param>
    /// <param name="collection">OneRoster's name of the collection, for example <c>users</c>.</param>
    /// <param name="sourcedId">The source's own key, compared exactly.</param>
    public static Guid Of(string source, string collection, string sourcedId)
    {
        var longest = 18 + Encoding.UTF8.GetMaxByteCount(source.Length + collection.Length + sourcedId.Length);
        return longest <= OnStack
            ? Hash(stackalloc byte[OnStack], source, collection, sourcedId)
            : Hash(new byte[longest], source, collection, sourcedId);
    }

    private static Guid Hash(Span<byte> name, string source, string collection, string sourcedId)
    {
        Space.TryWriteBytes(name, bigEndian: true, out var at);
        at += Encoding.UTF8.GetBytes(source, name[at..]);
        name[at++] = Separator;
        at += Encoding.UTF8.GetBytes(collection, name[at..]);
        name[at++] = Separator;
        at += Encoding.UTF8.GetBytes(sourcedId, name[at..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is SHA-1 by definition; nothing is kept secret with it.
        SHA1.HashData(name[..at], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
