using System.Buffers.Binary;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>Wraps keys of subjects in keys of the ring: nonce, tag and the encrypted key, bound to district and
/// subject.</summary>
internal static class KeyWrap
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static WrappedKey Wrap(RingKey ring, short tenant, Guid subject, ReadOnlySpan<byte> secret)
    {
        using var cipher = new AesGcm(ring.Secret.Span, TagBytes);
        return new(ring.Id, Wrap(cipher, tenant, subject, secret));
    }

    /// <summary>Makes keys of many subjects.</summary>
    public static List<SubjectKey> Make(RingKey ring, short tenant, IReadOnlyCollection<Guid> subjects)
    {
        using var cipher = new AesGcm(ring.Secret.Span, TagBytes);
        var made = new List<SubjectKey>(subjects.Count);
        foreach (var subject in subjects)
        {
            var secret = new byte[KeyBytes];
            RandomBytes.Fill(secret);
            made.Add(new(subject, secret, new(ring.Id, Wrap(cipher, tenant, subject, secret))));
        }

        return made;
    }

    private static byte[] Wrap(AesGcm cipher, short tenant, Guid subject, ReadOnlySpan<byte> secret)
    {
        var bytes = new byte[NonceBytes + TagBytes + KeyBytes];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomBytes.Fill(nonce);
        cipher.Encrypt(
            nonce, secret, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            Place(tenant, subject));
        return bytes;
    }

    public static byte[] Unwrap(RingKey ring, short tenant, Guid subject, byte[] bytes)
    {
        var secret = new byte[KeyBytes];
        using var cipher = new AesGcm(ring.Secret.Span, TagBytes);
        cipher.Decrypt(
            bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            secret, Place(tenant, subject));
        return secret;
    }

    private static byte[] Place(short tenant, Guid subject)
    {
        var place = new byte[18];
        BinaryPrimitives.WriteInt16BigEndian(place, tenant);
        subject.TryWriteBytes(place.AsSpan(2), bigEndian: true, out _);
        return place;
    }
}
