using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <content>Second factors: apps that show codes, codes for who lost them, passkeys.</content>
internal sealed partial class AccountStore
{
    public Task SetAuthenticatorKeyAsync(AccountUser user, string key, CancellationToken cancellationToken)
    {
        user.Happens(new AccountEvent.AuthenticatorSet(user.Id, secrets.Close(key)));
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.AuthenticatorKey is { } closed ? secrets.Open(closed) : null);

    public Task SetTwoFactorEnabledAsync(AccountUser user, bool enabled, CancellationToken cancellationToken)
    {
        if (enabled && !user.State.HasSecondFactor) user.Happens(new AccountEvent.SecondFactorOn());
        if (!enabled) user.Happens(new AccountEvent.FactorsReset(user.Actor ?? user.Id.ToString()));
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.HasSecondFactor);

    public Task ReplaceCodesAsync(
        AccountUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        user.Happens(new AccountEvent.RecoveryCodesMade(
            user.Id, [.. recoveryCodes.Select(code => RecoveryCodes.HashOf(user.Id, code))]));
        return Task.CompletedTask;
    }

    public Task<bool> RedeemCodeAsync(AccountUser user, string code, CancellationToken cancellationToken)
    {
        var hash = RecoveryCodes.HashOf(user.Id, code);
        if (!user.State.RecoveryCodes.Contains(hash)) return Task.FromResult(false);

        user.Happens(new AccountEvent.RecoveryCodeUsed(user.Id, hash));
        return Task.FromResult(true);
    }

    public Task<int> CountCodesAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.RecoveryCodes.Count);

    public Task AddOrUpdatePasskeyAsync(
        AccountUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        user.Happens(new AccountEvent.PasskeySet(user.Id, new StoredPasskey(
            Base64Url.EncodeToString(passkey.CredentialId), Base64Url.EncodeToString(passkey.PublicKey), passkey.Name,
            passkey.CreatedAt, passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified,
            passkey.IsBackupEligible, passkey.IsBackedUp)));
        return Task.CompletedTask;
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.State.Passkeys.Select(InfoOf)]);

    public async Task<AccountUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(District);
        var key = await session.Events.AggregateStreamAsync<AccountKey>(
            AccountKey.OfPasskey(credentialId), ct: cancellationToken);
        return key?.Account is { } account ? await FindAsync(account, cancellationToken) : null;
    }

    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        AccountUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return Task.FromResult(
            user.State.Passkeys.FirstOrDefault(passkey => passkey.CredentialId == id) is { } found
                ? InfoOf(found)
                : null);
    }

    public Task RemovePasskeyAsync(AccountUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        user.Happens(new AccountEvent.PasskeyRemoved(user.Id, Base64Url.EncodeToString(credentialId)));
        return Task.CompletedTask;
    }

    // How it attested itself when it was added is asked of nobody again, and not kept.
    private static UserPasskeyInfo InfoOf(StoredPasskey passkey) => new(
        Base64Url.DecodeFromChars(passkey.CredentialId), Base64Url.DecodeFromChars(passkey.PublicKey),
        passkey.CreatedAt, (uint)passkey.SignCount, [.. passkey.Transports], passkey.IsUserVerified,
        passkey.IsBackupEligible, passkey.IsBackedUp, [], [])
    {
        Name = passkey.Name,
    };
}
