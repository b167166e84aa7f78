using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.EventStore;

/// <summary>The digests that make records a chain: whoever changes, adds or takes away one changes all that
/// follow.</summary>
/// <remarks>Stored for ever: another way to write a record down is another version byte.</remarks>
internal static class AuditChain
{
    public const int HashBytes = 32;
    private const byte Version = 1;
    private const int TicksPerMicrosecond = 10;

    /// <summary>The hash before the first record.</summary>
    public static byte[] Beginning => new byte[HashBytes];

    /// <summary>The moment as PostgreSQL keeps it.</summary>
    public static DateTimeOffset Kept(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>A digest of what a record says.</summary>
    public static byte[] Content(AuditEntry entry)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        text.Write([Version]);
        Number(text, Kept(entry.At).UtcTicks);
        Text(text, KindOf(entry.Kind));
        Text(text, entry.Action);
        Text(text, entry.Via);
        Text(text, entry.Actor);
        Text(text, entry.RequestId);
        Text(text, entry.Purpose);
        Text(text, string.Join(' ', entry.FieldGroups));
        Ids(text, entry.Students);
        Ids(text, entry.Others);
        Text(text, entry.Detail);
        return SHA256.HashData(text.WrittenSpan);
    }

    /// <summary>The hash of a record: of the one before, of its place and of its content. The same as in
    /// <c>es.audit_append</c>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> before, short tenant, long number, ReadOnlySpan<byte> content)
    {
        Span<byte> link = stackalloc byte[HashBytes + 2 + 8 + HashBytes];
        before.CopyTo(link);
        BinaryPrimitives.WriteInt16BigEndian(link[HashBytes..], tenant);
        BinaryPrimitives.WriteInt64BigEndian(link[(HashBytes + 2)..], number);
        content.CopyTo(link[(HashBytes + 10)..]);
        return SHA256.HashData(link);
    }

    /// <summary>The kind as it is stored.</summary>
    public static string KindOf(AuditKind kind) => kind switch
    {
        AuditKind.Read => "read",
        AuditKind.Disclosure => "disclosure",
        _ => "security",
    };

    private static void Number(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
        to.Advance(8);
    }

    // Its length before it, so that two texts cannot be mistaken for another two; -1 for none.
    private static void Text(ArrayBufferWriter<byte> to, string? text)
    {
        Number(to, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null) Encoding.UTF8.GetBytes(text, to);
    }

    private static void Ids(ArrayBufferWriter<byte> to, IReadOnlyCollection<Guid> ids)
    {
        Number(to, ids.Count);
        var bytes = to.GetSpan((16 * ids.Count) + 1);
        foreach (var id in ids)
        {
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            bytes = bytes[16..];
        }

        to.Advance(16 * ids.Count);
    }
}
