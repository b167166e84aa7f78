using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>Codes for whoever lost the second factor: ten, each once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    /// <summary>How one is stored. What it is stored in is sealed besides.</summary>
    public static string HashOf(Guid account, string code)
    {
        var plain = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{account:N}\n{plain}")));
    }
}
