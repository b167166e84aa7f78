namespace K12Hub.Accounts;

/// <summary>What one may be allowed to do with accounts and tokens.</summary>
internal static class AccountsPermissions
{
    /// <summary>See who has an account.</summary>
    public const string ReadAccounts = "accounts.read";

    /// <summary>See which tokens programs have.</summary>
    public const string ReadTokens = "tokens.read";

    /// <summary>Give tokens out and take them back.</summary>
    public const string GiveTokens = "tokens.give";
}
