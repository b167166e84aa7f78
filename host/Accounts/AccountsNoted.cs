using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>The events of accounts and tokens that are copied into the audit trail: all but those by which somebody
/// only signs in, of which there are records already.</summary>
internal static class AccountsNoted
{
    public static HubBuilder AddNoted(this HubBuilder hub) => hub
        .Noted<SetUpDone>(e => new { account = e.FirstAdministrator })
        .Noted<AccountEvent.Created>()
        .Noted<AccountEvent.Invited>(e => new { until = e.Until })
        .Noted<AccountEvent.PasswordSet>()
        .Noted<AccountEvent.AuthenticatorSet>()
        .Noted<AccountEvent.SecondFactorOn>()
        .Noted<AccountEvent.FactorsReset>()
        .Noted<AccountEvent.RecoveryCodesMade>()
        .Noted<AccountEvent.RecoveryCodeUsed>()
        .Noted<AccountEvent.PasskeyRemoved>()
        .Noted<AccountEvent.SignInLinked>()
        .Noted<AccountEvent.SignInUnlinked>()
        .Noted<AccountEvent.EmergencySignIn>()
        .Noted<AccountEvent.Disabled>()
        .Noted<AccountEvent.Enabled>()
        .Noted<AccountKeyEvent.Given>(e => new { account = e.Account }) // A passkey, or a person at a provider.
        .Noted<AccountKeyEvent.Ended>()
        .Noted<ApiTokenEvent.Created>(e => new { permissions = e.Permissions, until = e.ExpiresAt })
        .Noted<ApiTokenEvent.Revoked>();
}
