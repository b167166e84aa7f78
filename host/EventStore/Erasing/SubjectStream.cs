using System.Buffers.Binary;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>The stream that says that somebody was erased. Its id is made of the subject's and is another one: the
/// subject may have a stream under its own.</summary>
internal static class SubjectStream
{
    private const string Kind = "es.subject";

    private static readonly AggregateType Aggregate = new(typeof(SubjectErased), Kind, (_, state, _) => state, null);

    public static PendingStream Erased(DistrictId tenant, Guid subject, string reason) =>
        new(IdOf(tenant, subject), Aggregate, ExpectedVersion.Any)
        {
            Happened = { new SubjectErased(subject, reason) },
        };

    public static Guid IdOf(DistrictId tenant, Guid subject)
    {
        Span<byte> name = stackalloc byte[Kind.Length + 18];
        System.Text.Encoding.ASCII.GetBytes(Kind, name);
        BinaryPrimitives.WriteInt16BigEndian(name[Kind.Length..], tenant.Required);
        subject.TryWriteBytes(name[(Kind.Length + 2)..], bigEndian: true, out _);
        var id = SHA256.HashData(name).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80); // Version 8: made by a rule of one's own.
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }
}
