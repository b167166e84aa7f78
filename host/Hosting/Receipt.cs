using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Hosting;

/// <summary>What a family gets instead of an account: 128 random bits that open the one thing they were given for. The
/// hash is kept beside it; a number of the thing alone opens nothing.</summary>
/// <param name="Secret">What the family holds.</param>
public readonly record struct Receipt(string Secret)
{
    private const int Bytes = 16, Letters = 22;

    /// <summary>What is stored.</summary>
    public string Hash => HashOf(Secret);

    /// <summary>A new one.</summary>
    public static Receipt New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether somebody shows what belongs to a stored hash; takes the same time however much of it is right.
    /// Nothing belongs to an empty hash.</summary>
    /// <param name="shown">What somebody shows; whatever it is.</param>
    /// <param name="hash">What is stored; null where nothing was given out.</param>
    public static bool Opens(string? shown, string? hash) =>
        shown is { Length: Letters } && hash is { Length: 64 } && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(HashOf(shown)), Encoding.ASCII.GetBytes(hash));

    /// <summary>Nothing of the secret: it is never printed.</summary>
    public override string ToString() => "receipt";

    private static string HashOf(string secret) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
