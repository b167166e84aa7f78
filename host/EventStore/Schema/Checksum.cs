using System.Security.Cryptography;
using System.Text;

namespace K12Hub.EventStore;

/// <summary>Fingerprints of scripts and table shapes; line ends do not count.</summary>
internal static class Checksum
{
    public static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Trim())));

    public static string Short(string text) => Of(text)[..8];
}
