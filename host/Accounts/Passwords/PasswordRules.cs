using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <summary>What a password must be: long, and not what guessing starts with. Nothing about kinds of characters, and
/// no end of its life.</summary>
internal sealed class PasswordRules(AccountsSettings settings) : IPasswordValidator<AccountUser>
{
    /// <summary>Fewest characters where a second factor is asked for.</summary>
    public const int Shortest = 8;

    /// <summary>Fewest characters where the password is all there is.</summary>
    public const int ShortestAlone = 15;

    /// <summary>Most characters; what is longer is refused, never cut.</summary>
    public const int Longest = 256;

    /// <summary>Characters that must be left when the words that everybody knows are taken out.</summary>
    private const int OwnCharacters = 8;

    public int FewestCharacters => settings.RequireSecondFactor ? Shortest : ShortestAlone;

    public Task<IdentityResult> ValidateAsync(UserManager<AccountUser> manager, AccountUser user, string? password) =>
        Task.FromResult(Complaint(password ?? "", user.State) is { } code
            ? IdentityResult.Failed(new IdentityError { Code = code, Description = code })
            : IdentityResult.Success);

    /// <summary>What is wrong with it, as a word; null when nothing is.</summary>
    public string? Complaint(string password, Account account)
    {
        var text = NormalForm.Of(password);
        var length = text.EnumerateRunes().Count();
        return length > Longest ? PasswordComplaints.TooLong
            : length < FewestCharacters ? PasswordComplaints.TooShort
            : CommonPasswords.Hold(text) || IsKnownHere(text, account) ? PasswordComplaints.Common
            : null;
    }

    /// <summary>Whether it is made of what everybody here knows: the product, the district, the person.</summary>
    private bool IsKnownHere(string text, Account account)
    {
        var lower = text.ToLowerInvariant();
        var left = lower;
        foreach (var word in KnownWords(account).OrderByDescending(word => word.Length))
        {
            left = left.Replace(word, "", StringComparison.Ordinal);
        }

        return left.Length < lower.Length && left.Count(char.IsLetter) < OwnCharacters
            && left.EnumerateRunes().Count() < OwnCharacters + 4;
    }

    private IEnumerable<string> KnownWords(Account account) =>
        settings.KnownWords.Append("k12hub").Append("k12").Append(account.Name).Append(account.SignInName ?? "")
            .SelectMany(text => text.ToLowerInvariant().Split([' ', '@', '.', '-', '_', '\''])
                .Append(text.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)))
            .Where(word => word.Length >= 3).Distinct();
}

/// <summary>What can be wrong with a password.</summary>
internal static class PasswordComplaints
{
    public const string TooShort = "password.too_short";

    public const string TooLong = "password.too_long";

    public const string Common = "password.common";

    /// <summary>Somebody else used the invitation up.</summary>
    public const string TooLate = "password.too_late";
}
