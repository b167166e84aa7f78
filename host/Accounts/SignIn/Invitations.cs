using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>The token of an invitation, or of a new password: the account and 256 random bits.</summary>
internal static class Invitations
{
    private const int IdBytes = 16, SecretBytes = 32;

    public static string NewToken(Guid account)
    {
        Span<byte> token = stackalloc byte[IdBytes + SecretBytes];
        account.TryWriteBytes(token);
        RandomNumberGenerator.Fill(token[IdBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose it would be; null when it cannot be one. Other ways to write one are none.</summary>
    public static Guid? AccountOf(string? token)
    {
        var bytes = new byte[IdBytes + SecretBytes + 8];
        return token is { Length: > 0 and <= 96 } && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, bytes, out var length) && length == IdBytes + SecretBytes
            && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == token
                ? new Guid(bytes.AsSpan(0, IdBytes))
                : null;
    }

    /// <summary>Whether it opens an account now.</summary>
    public static bool Opens(Account account, string token, DateTimeOffset now) =>
        account is { IsEnabled: true, InvitationHash: { Length: > 0 } hash } && now < account.InvitedUntil
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(SecretHash.Of(token)));
}
