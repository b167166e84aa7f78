using System.Buffers.Binary;
using System.Text;

namespace K12Hub.EventStore;

/// <summary>Where a sealed value belongs. It is part of what is authenticated: a value that was moved to another
/// district, stream, event type or property does not open.</summary>
internal readonly record struct SealedPlace(short Tenant, Guid Stream, string Type)
{
    public byte[] Of(PersonalMark mark) => Of(mark.JsonName);

    public byte[] Of(ReadOnlySpan<byte> property)
    {
        var place = new byte[18 + Encoding.UTF8.GetByteCount(Type) + 1 + property.Length];
        BinaryPrimitives.WriteInt16BigEndian(place, Tenant);
        Stream.TryWriteBytes(place.AsSpan(2), bigEndian: true, out _);
        var name = Encoding.UTF8.GetBytes(Type, place.AsSpan(18));
        property.CopyTo(place.AsSpan(18 + name + 1));
        return place;
    }
}
