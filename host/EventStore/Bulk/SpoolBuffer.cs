using System.Buffers;
using System.Buffers.Binary;

namespace K12Hub.EventStore;

/// <summary>Records in memory, one after the other, and where each begins.</summary>
internal sealed class SpoolBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[256 * 1024];
    private readonly List<Place> _places = [];
    private int _begin;

    public int Length { get; private set; }

    public void Begin(Guid streamId)
    {
        Span<byte> id = stackalloc byte[16];
        streamId.TryWriteBytes(id, bigEndian: true, out _);
        _begin = Length;
        _places.Add(new(BinaryPrimitives.ReadUInt128BigEndian(id), Length, 0));
    }

    public void End() => _places[^1] = _places[^1] with { Bytes = Length - _begin };

    public void Clear()
    {
        Length = 0;
        _places.Clear();
    }

    /// <summary>The records by stream id, then as they were added.</summary>
    public IEnumerable<SpoolRecord> Sorted()
    {
        _places.Sort();
        foreach (var place in _places)
        {
            yield return new(_bytes.AsMemory(place.Offset, place.Bytes));
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int sizeHint)
    {
        if (_bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, Length + sizeHint)));
        }
    }

    private readonly record struct Place(UInt128 StreamId, int Offset, int Bytes) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            StreamId != other.StreamId ? StreamId.CompareTo(other.StreamId) : Offset.CompareTo(other.Offset);
    }
}
