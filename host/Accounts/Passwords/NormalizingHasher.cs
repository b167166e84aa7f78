using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace K12Hub.Accounts;

/// <summary>Hashes passwords in their normal form, so that what looks the same on another keyboard is the same. PBKDF2
/// with HMAC-SHA-512 and as many rounds as the options say; a hash of fewer is made anew at the next sign-in.</summary>
internal sealed class NormalizingHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<AccountUser>
{
    private readonly PasswordHasher<AccountUser> hasher = new(options);

    public string HashPassword(AccountUser user, string password) =>
        hasher.HashPassword(user, NormalForm.Of(password));

    public PasswordVerificationResult VerifyHashedPassword(
        AccountUser user, string hashedPassword, string providedPassword) =>
        hasher.VerifyHashedPassword(user, hashedPassword, NormalForm.Of(providedPassword));
}
