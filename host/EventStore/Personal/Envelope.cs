using System.Security.Cryptography;
using System.Text;
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

    /// <summary>JSON of the envelope around a value.</summary>
    /// <param name="key">The subject's key.</param>
    /// <param name="value">JSON of the value.</param>
    /// <param name="place">Where it belongs.</param>
    public static byte[] Seal(SubjectKey key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> place)
    {
        var bytes = new byte[Content + value.Length];
        bytes[0] = Format;
        key.Subject.TryWriteBytes(bytes.AsSpan(Subject), bigEndian: true, out _);
        var nonce = bytes.AsSpan(Nonce, Tag - Nonce);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Secret.Span, Content - Tag);
        cipher.Encrypt(nonce, value, bytes.AsSpan(Content), bytes.AsSpan(Tag, Content - Tag), place);
        return Encoding.ASCII.GetBytes($$"""{"$e":"{{Convert.ToBase64String(bytes)}}"}""");
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
