using System.Buffers.Binary;
using System.Buffers.Text;
using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Asking;

/// <summary>Where a page ended, as a word in the address of the next one. It holds an id of ours and a number: a client
/// that changes it reads from another place, nothing that it may not read.</summary>
internal static class MarkText
{
    public const string Parameter = "after";

    private const int Bytes = 20;

    public static string Write(RosterMark mark)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        mark.Last.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], mark.Total);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The mark; null when it is none: then the page is counted off.</summary>
    public static RosterMark? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text.Length == Base64Url.GetEncodedLength(Bytes)
            && Base64Url.TryDecodeFromChars(text, bytes, out var read) && read == Bytes
            && BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) is >= 0 and var total
            ? new(new Guid(bytes[..16]), total)
            : null;
    }
}
