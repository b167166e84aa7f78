using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace K12Hub.Accounts.Tests;

/// <summary>Hashes as the program does, and counts.</summary>
internal sealed class CountingHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<AccountUser>
{
    private readonly NormalizingHasher hasher = new(options);
    private int checks;

    public int Checks => checks;

    public string HashPassword(AccountUser user, string password) => hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(
        AccountUser user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref checks);
        return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
