using System.Buffers.Binary;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>Ids of events that are stored together: version 7 of RFC 9562, as single events have. Chance is drawn for a
/// thousand at once; asking the system for each of a million would cost half a second.</summary>
internal sealed class EventIds(DateTimeOffset now)
{
    private const int IdBytes = 16;

    private readonly long _milliseconds = now.ToUnixTimeMilliseconds();
    private readonly byte[] _drawn = new byte[1_024 * IdBytes];
    private int _next = 1_024 * IdBytes;

    /// <summary>The next id in network order; valid until the one after it.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (_next == _drawn.Length)
        {
            RandomNumberGenerator.Fill(_drawn);
            _next = 0;
        }

        var id = _drawn.AsSpan(_next, IdBytes);
        _next += IdBytes;
        BinaryPrimitives.WriteInt16BigEndian(id, (short)(_milliseconds >> 32));
        BinaryPrimitives.WriteInt32BigEndian(id[2..], (int)_milliseconds);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return id;
    }
}
