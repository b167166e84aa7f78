using System.Buffers.Binary;

namespace K12Hub.EventStore;

/// <summary>One event as the spool holds it. The memory is valid until the next record is read.</summary>
internal readonly record struct SpoolRecord(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Stream id 16, expected version 4, numbers of kind and type 2 each; JSON follows.</summary>
    public const int HeaderBytes = 24;

    public UInt128 StreamId => BinaryPrimitives.ReadUInt128BigEndian(Bytes.Span);

    public ReadOnlySpan<byte> StreamIdBytes => Bytes.Span[..16];

    public int ExpectedVersion => BinaryPrimitives.ReadInt32BigEndian(Bytes.Span[16..]);

    public short Kind => BinaryPrimitives.ReadInt16BigEndian(Bytes.Span[20..]);

    public short Type => BinaryPrimitives.ReadInt16BigEndian(Bytes.Span[22..]);

    public ReadOnlySpan<byte> Json => Bytes.Span[HeaderBytes..];
}
