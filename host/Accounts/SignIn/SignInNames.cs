using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <summary>What people type to sign in: mostly the address of their mailbox, and always one.</summary>
internal sealed class SignInNames : ILookupNormalizer
{
    private const int Longest = 254;

    public static string Normal(string name) => NormalForm.Of(name).Trim().ToLowerInvariant();

    /// <summary>Whether it can be one: not several in one text, nothing that ends a line.</summary>
    public static bool IsOne(string? name) => name is not null && Normal(name) is { Length: > 0 and <= Longest } normal
        && !normal.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"')
        && normal.Count(c => c == '@') <= 1;

    public string? NormalizeName(string? name) => name is null ? null : Normal(name);

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
