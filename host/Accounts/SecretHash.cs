using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>How what opens something is stored: as SHA-256 in hexadecimal digits. Enough for what is random, of 128
/// bits and more; passwords have a hasher of their own. Also how counters of attempts are named.</summary>
internal static class SecretHash
{
    public static string Of(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
