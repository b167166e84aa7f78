using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>A sealed value in JSON: <c>{"$e":"…"}</c> with, in base64, one byte for the format, 16 for the subject, 12
/// for the nonce, 16 for the tag, and the encrypted JSON of the value. AES-256-GCM.</summary>
internal static class Envelope
{
    private const byte Format = 1;
    private const int Subject = 1;
    private const int Nonce = Subject + 16;
    private const int Tag = Nonce + 12;
    private const int Content = Tag + 16;

    /// <summary>The property that holds it.</summary>
    public const string Property = "$e";

    /// <summary>Length of a nonce.</summary>
    public const int NonceBytes = Tag - Nonce;

    private static ReadOnlySpan<byte> Before => "{\"$e\":\""u8;

    private static ReadOnlySpan<byte> After => "\"}"u8;

    /// <summary>JSON of the envelope around a value.</summary>
    /// <param name="key">The subject's key.</param>
    /// <param name="value">JSON of the value.</param>
    /// <param name="place">Where it belongs.</param>
    public static byte[] Seal(SubjectKey key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> place)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        RandomBytes.Fill(nonce);
        return Seal(key, value, place, nonce);
    }

    /// <summary>JSON of the envelope around a value, with a nonce that no other value of the subject has.</summary>
    public static byte[] Seal(
        SubjectKey key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> place, ReadOnlySpan<byte> nonce)
    {
        var length = Content + value.Length;
        var encoded = Base64.GetMaxEncodedToUtf8Length(length);
        var sealedValue = new byte[Before.Length + encoded + After.Length];
        Before.CopyTo(sealedValue);
        After.CopyTo(sealedValue.AsSpan(Before.Length + encoded));

        // Encrypted where it will stand, then encoded in place.
        var bytes = sealedValue.AsSpan(Before.Length, encoded);
        bytes[0] = Format;
        key.Subject.TryWriteBytes(bytes[Subject..], bigEndian: true, out _);
        nonce.CopyTo(bytes[Nonce..Tag]);
        using var cipher = new AesGcm(key.Secret.Span, Content - Tag);
        cipher.Encrypt(nonce, value, bytes[Content..length], bytes[Tag..Content], place);
        Base64.EncodeToUtf8InPlace(bytes, length, out _);
        return sealedValue;
    }

    /// <summary>The bytes of an envelope; null when the JSON is a plain value, written before its property was
    /// marked.</summary>
    public static byte[]? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("$e"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.String
            && reader.TryGetBytesFromBase64(out var bytes) && bytes.Length >= Content && bytes[0] == Format
                ? bytes
                : null;
    }

    /// <summary>The bytes of an envelope's text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static byte[] Decode(string? text)
    {
        var bytes = Convert.FromBase64String(text ?? "");
        return bytes.Length >= Content && bytes[0] == Format ? bytes : throw new FormatException("It is no envelope.");
    }

    public static Guid SubjectOf(byte[] envelope) => new(envelope.AsSpan(Subject, 16), bigEndian: true);

    /// <summary>JSON of the value.</summary>
    /// <exception cref="CryptographicException">It was changed, or moved from another place.</exception>
    public static byte[] Open(SubjectKey key, byte[] envelope, ReadOnlySpan<byte> place)
    {
        var value = new byte[envelope.Length - Content];
        using var cipher = new AesGcm(key.Secret.Span, Content - Tag);
        cipher.Decrypt(
            envelope.AsSpan(Nonce, Tag - Nonce),
            envelope.AsSpan(Content),
            envelope.AsSpan(Tag, Content - Tag),
            value,
            place);
        return value;
    }
}
