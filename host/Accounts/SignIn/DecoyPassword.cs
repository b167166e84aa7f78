using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <summary>The password of nobody: checked where there is no account, so that it takes as long.</summary>
internal sealed class DecoyPassword(IPasswordHasher<AccountUser> hasher)
{
    private readonly AccountUser nobody = new(new Account(Guid.Empty), 0);
    private readonly string hash = hasher.HashPassword(
        new(new Account(Guid.Empty), 0), RandomNumberGenerator.GetHexString(32));

    /// <summary>Never anybody.</summary>
    public AccountUser? Check(string password)
    {
        hasher.VerifyHashedPassword(nobody, hash, password);
        return null;
    }
}
