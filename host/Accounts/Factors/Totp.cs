using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>Codes of an app that both sides compute from a key and the time: RFC 6238 with SHA-1, 30 seconds and 6
/// digits, which is what every app does.</summary>
internal static class Totp
{
    public const int KeyBytes = 20, StepSeconds = 30;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The step whose code it is; null when it is of none that counts: the one of now, and the one before it
    /// and after it for clocks that differ.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit)) return null;

        var (current, bytes) = (now.ToUnixTimeSeconds() / StepSeconds, FromBase32(key));
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(CodeAt(bytes, step)), Encoding.ASCII.GetBytes(digits));
            if (right) found = step;
        }

        return found;
    }

    public static string CodeAt(string key, DateTimeOffset moment) =>
        CodeAt(FromBase32(key), moment.ToUnixTimeSeconds() / StepSeconds);

    // HMAC-SHA1 is what the apps know; it needs no resistance to collisions here.
#pragma warning disable CA5350
    private static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(key, counter);
        var start = hash[^1] & 0x0f;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(start)) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static string Base32(byte[] bytes)
    {
        var (text, bits, held) = (new StringBuilder(), 0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (held, bits) = ((held << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bytes.Add((byte)(held >> (bits -= 8)));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
