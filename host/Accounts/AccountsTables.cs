namespace K12Hub.Accounts;

/// <summary>Names of the tables whose rows statements of ours read and write.</summary>
internal static class AccountsTables
{
    /// <summary>The table of <see cref="AccountRow"/>.</summary>
    public const string Accounts = "accounts.accounts_v1";
}
