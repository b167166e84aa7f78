using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>The tables whose rows statements of ours read and write, beside the one that follows accounts.</summary>
internal static class AccountsTables
{
    /// <summary>The table of <see cref="AccountRow"/>.</summary>
    public const string Accounts = "accounts.accounts_v1";

    /// <summary>The table of <see cref="SessionRow"/>.</summary>
    public const string Sessions = "accounts.sessions_v1";

    /// <summary>The table of <see cref="AttemptsRow"/>.</summary>
    public const string Attempts = "accounts.attempts_v1";

    /// <summary>The table of <see cref="UsedCodeRow"/>.</summary>
    public const string UsedCodes = "accounts.used_codes_v1";

    /// <summary>The table of <see cref="ProtectionKeyRow"/>.</summary>
    public const string ProtectionKeys = "accounts.protection_keys_v1";

    /// <summary>The table of <see cref="SetupCodeRow"/>.</summary>
    public const string SetupCodes = "accounts.setup_codes_v1";

    /// <summary>The table of <see cref="ApiTokenRow"/>.</summary>
    public const string Tokens = "accounts.tokens_v1";

    /// <summary>The table of <see cref="TokenUseRow"/>.</summary>
    public const string TokenUses = "accounts.token_uses_v1";

    /// <summary>Adds them to a store.</summary>
    public static void AddTo(TableMaps tables)
    {
        tables.Add<SessionRow>("accounts.sessions", 1, t => t
            .Key(x => x.Hash)
            .Index(x => x.AccountId, x => x.Id)
            .Index(x => x.EndsAt));
        tables.Add<AttemptsRow>("accounts.attempts", 1, t => t.Key(x => x.Bucket).Index(x => x.LastAt));
        tables.Add<UsedCodeRow>("accounts.used_codes", 1, t => t.Key(x => x.AccountId));
        tables.Add<ProtectionKeyRow>("accounts.protection_keys", 1, t => t.Key(x => x.Name));
        tables.Add<SetupCodeRow>("accounts.setup_codes", 1, t => t.Key(x => x.Hash));
    }
}
