using System.Buffers.Binary;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>Which sets of people the database has already: pages are read again and again, and whom they tell of is
/// stored once. For one writer at a time.</summary>
internal sealed class AuditPeople
{
    /// <summary>After so many the oldest are forgotten, and are sent once more when they come again.</summary>
    private const int MostYoung = 50_000;

    private HashSet<(short Tenant, Guid Id)> _young = [];
    private HashSet<(short Tenant, Guid Id)> _old = [];

    /// <summary>The id of the set of people a record tells of: a digest of them, in their order.</summary>
    /// <remarks>Stored for ever. It is no proof of who they are: the chain of records is, which has the people
    /// themselves.</remarks>
    public static Guid IdOf(AuditEntry entry)
    {
        var length = 4 + (16 * (entry.Students.Count + entry.Others.Count));
        var bytes = length <= 4096 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, entry.Students.Count);
        var rest = bytes[4..];
        foreach (var student in entry.Students) rest = Put(rest, student);
        foreach (var other in entry.Others) rest = Put(rest, other);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new(digest[..16], bigEndian: true);
    }

    /// <summary>Whether the database has it, as far as is known here.</summary>
    public bool Knows(short tenant, Guid id)
    {
        if (_young.Contains((tenant, id))) return true;
        if (!_old.Contains((tenant, id))) return false;

        Learn(tenant, id);
        return true;
    }

    /// <summary>The database has it.</summary>
    public void Learn(short tenant, Guid id)
    {
        if (_young.Count >= MostYoung) (_old, _young) = (_young, []);
        _young.Add((tenant, id));
    }

    /// <summary>Nothing is known any more.</summary>
    public void Forget() => (_old, _young) = ([], []);

    private static Span<byte> Put(Span<byte> into, Guid id)
    {
        id.TryWriteBytes(into, bigEndian: true, out _);
        return into[16..];
    }
}
