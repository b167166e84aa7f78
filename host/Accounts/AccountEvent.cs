using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>What can have happened to an account. Who and what it signs in with is personal data: sealed in the log
/// under a key of the account's own, gone when the account is erased.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AccountEvent
{
    /// <summary>It was made; it has no password yet.</summary>
    public sealed record Created(
        Guid Account,
        [property: PersonalData(Subject = nameof(Created.Account))] string? SignInName,
        [property: PersonalData(Subject = nameof(Created.Account))] string Name,
        bool FirstAdministrator,
        DateTimeOffset At) : AccountEvent;

    /// <summary>Whoever shows the token whose hash this is may choose a password, once and until then.</summary>
    public sealed record Invited(
        Guid Account,
        [property: PersonalData(Subject = nameof(Invited.Account))] string TokenHash,
        DateTimeOffset Until) : AccountEvent;

    /// <summary>A password was chosen; an invitation is used up by it.</summary>
    public sealed record PasswordSet(
        Guid Account, [property: PersonalData(Subject = nameof(PasswordSet.Account))] string Hash) : AccountEvent;

    /// <summary>An app that shows codes was set up: its key, encrypted.</summary>
    public sealed record AuthenticatorSet(
        Guid Account,
        [property: PersonalData(Subject = nameof(AuthenticatorSet.Account))] string ProtectedKey) : AccountEvent;

    /// <summary>A second factor is asked for from now on.</summary>
    public sealed record SecondFactorOn : AccountEvent;

    /// <summary>All second factors are gone: the next sign-in sets new ones up.</summary>
    public sealed record FactorsReset(string By) : AccountEvent;

    /// <summary>Codes for whoever lost the second factor were made; the ones of before are void.</summary>
    public sealed record RecoveryCodesMade(
        Guid Account,
        [property: PersonalData(Subject = nameof(RecoveryCodesMade.Account))] IReadOnlyList<string> Hashes)
        : AccountEvent;

    /// <summary>One of them was used.</summary>
    public sealed record RecoveryCodeUsed(
        Guid Account,
        [property: PersonalData(Subject = nameof(RecoveryCodeUsed.Account))] string Hash) : AccountEvent;

    /// <summary>A passkey was added, or used.</summary>
    public sealed record PasskeySet(
        Guid Account,
        [property: PersonalData(Subject = nameof(PasskeySet.Account))] StoredPasskey? Passkey) : AccountEvent;

    /// <summary>A passkey was taken away.</summary>
    public sealed record PasskeyRemoved(
        Guid Account,
        [property: PersonalData(Subject = nameof(PasskeyRemoved.Account))] string CredentialId) : AccountEvent;

    /// <summary>Whoever this provider knows under this subject signs in to the account.</summary>
    public sealed record SignInLinked(
        Guid Account,
        [property: PersonalData(Subject = nameof(SignInLinked.Account))] string Issuer,
        [property: PersonalData(Subject = nameof(SignInLinked.Account))] string Subject) : AccountEvent;

    /// <summary>No longer.</summary>
    public sealed record SignInUnlinked(
        Guid Account,
        [property: PersonalData(Subject = nameof(SignInUnlinked.Account))] string Issuer,
        [property: PersonalData(Subject = nameof(SignInUnlinked.Account))] string Subject) : AccountEvent;

    /// <summary>Somebody signed in with a password where people sign in with a provider.</summary>
    public sealed record EmergencySignIn(DateTimeOffset At) : AccountEvent;

    /// <summary>Nobody signs in any more.</summary>
    public sealed record Disabled(DateTimeOffset At) : AccountEvent;

    /// <summary>Again.</summary>
    public sealed record Enabled : AccountEvent;
}

/// <summary>A passkey as it is stored: what WebAuthn checks a signature with.</summary>
/// <param name="CredentialId">Id, in base64url.</param>
/// <param name="PublicKey">COSE key, in base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="SignCount">How often it signed, as it says itself.</param>
/// <param name="Transports">How it is reached.</param>
/// <param name="IsUserVerified">Whether it verified its user when it was added.</param>
/// <param name="IsBackupEligible">Whether it may be copied to other devices.</param>
/// <param name="IsBackedUp">Whether it was.</param>
internal sealed record StoredPasskey(
    string CredentialId,
    string PublicKey,
    string? Name,
    DateTimeOffset CreatedAt,
    long SignCount,
    IReadOnlyList<string> Transports,
    bool IsUserVerified,
    bool IsBackupEligible,
    bool IsBackedUp);
