using System.Buffers.Binary;
using System.Text;

namespace K12Hub.Roster;

/// <summary>Bytes of a COPY on their way, numbers in network order; grows for a long row and is used again.</summary>
internal sealed class CopyBuffer(int capacity)
{
    private byte[] buffer = new byte[capacity];

    /// <summary>How many bytes wait.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes that wait.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Length);

    /// <summary>Bytes written between two places.</summary>
    public ReadOnlySpan<byte> Between(int start, int end) => buffer.AsSpan(start, end - start);

    /// <summary>Begins anew: what waited has been sent.</summary>
    public void Clear() => Length = 0;

    /// <summary>Room for so many bytes, which the caller fills.</summary>
    public Span<byte> Take(int count)
    {
        var end = Length + count;
        if (end > buffer.Length) Array.Resize(ref buffer, Math.Max(2 * buffer.Length, end));
        var place = buffer.AsSpan(Length, count);
        Length = end;
        return place;
    }

    /// <summary>A number of four bytes.</summary>
    public void Number(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    /// <summary>A number of four bytes at a place left for it.</summary>
    public void Number(int value, int place) => BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(place), value);

    /// <summary>A text with its length before it.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }
}
