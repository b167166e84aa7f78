using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>An account, folded from its events.</summary>
internal sealed record Account(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "account";

    /// <summary>What one types to sign in; null when its owner was erased.</summary>
    public string? SignInName { get; init; }

    public string Name { get; init; } = "";

    public bool IsFirstAdministrator { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Null while no password was chosen.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Hash of the token of an open invitation; null when there is none.</summary>
    public string? InvitationHash { get; init; }

    public DateTimeOffset InvitedUntil { get; init; }

    /// <summary>Key of the app that shows codes, encrypted; null without one.</summary>
    public string? AuthenticatorKey { get; init; }

    public bool HasSecondFactor { get; init; }

    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    public IReadOnlyList<StoredPasskey> Passkeys { get; init; } = [];

    public IReadOnlyList<(string Issuer, string Subject)> Logins { get; init; } = [];

    /// <summary>Moves with everything that decides who may sign in; what was given out before is void.</summary>
    public int Stamp { get; init; }

    public bool Exists => CreatedAt != default;

    public bool IsEnabled => Exists && DisabledAt is null;

    public static Account Evolve(Account account, object happened) => happened switch
    {
        AccountEvent.Created e => account with
        {
            SignInName = e.SignInName, Name = e.Name, IsFirstAdministrator = e.FirstAdministrator, CreatedAt = e.At,
        },
        AccountEvent.Invited e => account.Moved() with { InvitationHash = e.TokenHash, InvitedUntil = e.Until },
        AccountEvent.PasswordSet e => account.Moved() with { PasswordHash = e.Hash, InvitationHash = null },
        AccountEvent.SignInLinked e => account with
        {
            Logins = [.. account.Without(e.Issuer, e.Subject), (e.Issuer, e.Subject)],
        },
        AccountEvent.SignInUnlinked e => account.Moved() with { Logins = [.. account.Without(e.Issuer, e.Subject)] },
        AccountEvent.EmergencySignIn => account,
        AccountEvent.Disabled e => account.Moved() with { DisabledAt = e.At, InvitationHash = null },
        AccountEvent.Enabled => account with { DisabledAt = null },
        _ => Factors(account, happened),
    };

    private static Account Factors(Account account, object happened) => happened switch
    {
        AccountEvent.AuthenticatorSet e => account.Moved() with { AuthenticatorKey = e.ProtectedKey },
        AccountEvent.SecondFactorOn => account.Moved() with { HasSecondFactor = true },
        AccountEvent.FactorsReset => account.Moved() with
        {
            AuthenticatorKey = null, HasSecondFactor = false, RecoveryCodes = [], Passkeys = [],
        },
        AccountEvent.RecoveryCodesMade e => account with { RecoveryCodes = e.Hashes },
        AccountEvent.RecoveryCodeUsed e => account with
        {
            RecoveryCodes = [.. account.RecoveryCodes.Where(x => x != e.Hash)],
        },
        AccountEvent.PasskeySet { Passkey: { } passkey } => account with
        {
            Passkeys = [.. account.Passkeys.Where(x => x.CredentialId != passkey.CredentialId), passkey],
        },
        AccountEvent.PasskeySet => account, // Its owner was erased.
        AccountEvent.PasskeyRemoved e => account.Moved() with
        {
            Passkeys = [.. account.Passkeys.Where(x => x.CredentialId != e.CredentialId)],
        },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Account."),
    };

    private Account Moved() => this with { Stamp = Stamp + 1 };

    private IEnumerable<(string Issuer, string Subject)> Without(string issuer, string subject) =>
        Logins.Where(login => login != (issuer, subject));

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        var events = store.Events;
        events.MapEventType<AccountEvent.Created>("account.created");
        events.MapEventType<AccountEvent.Invited>("account.invited");
        events.MapEventType<AccountEvent.PasswordSet>("account.password_set");
        events.MapEventType<AccountEvent.AuthenticatorSet>("account.authenticator_set");
        events.MapEventType<AccountEvent.SecondFactorOn>("account.second_factor_on");
        events.MapEventType<AccountEvent.FactorsReset>("account.factors_reset");
        events.MapEventType<AccountEvent.RecoveryCodesMade>("account.recovery_codes_made");
        events.MapEventType<AccountEvent.RecoveryCodeUsed>("account.recovery_code_used");
        events.MapEventType<AccountEvent.PasskeySet>("account.passkey_set");
        events.MapEventType<AccountEvent.PasskeyRemoved>("account.passkey_removed");
        events.MapEventType<AccountEvent.SignInLinked>("account.sign_in_linked");
        events.MapEventType<AccountEvent.SignInUnlinked>("account.sign_in_unlinked");
        events.MapEventType<AccountEvent.EmergencySignIn>("account.emergency_sign_in");
        events.MapEventType<AccountEvent.Disabled>("account.disabled");
        events.MapEventType<AccountEvent.Enabled>("account.enabled");
        store.Aggregates.Add<Account>(StreamKind, id => new(id), Evolve);
        AccountKey.AddTo(store);
        store.Projections.Add<AccountList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AccountRow>("accounts.accounts", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.SignInName, unique: true)
            .Index(x => x.Name, x => x.Id)
            .FollowsStream());
    }
}
