using K12Hub.EventStore;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>Where ASP.NET Core's identity managers find accounts: streams of events. What is set on a user becomes an
/// event; <see cref="UpdateAsync"/> stores those that came since, unless somebody else stored one.</summary>
internal sealed partial class AccountStore(
    DocumentStore store, AccountsSettings settings, SecretBox secrets, IdentityErrorDescriber errors)
    : IUserPasswordStore<AccountUser>, IUserSecurityStampStore<AccountUser>, IUserAuthenticatorKeyStore<AccountUser>,
    IUserTwoFactorStore<AccountUser>, IUserTwoFactorRecoveryCodeStore<AccountUser>, IUserPasskeyStore<AccountUser>
{
    private const string FindName =
        $"select id from {AccountsTables.Accounts} where tenant_id = $1 and sign_in_name = $2";

    private DistrictId District => new(settings.District);

    public Task<string> GetUserIdAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.SignInName);

    public Task<string?> GetNormalizedUserNameAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.SignInName);

    // A name is given once, in its normal form, when the account is made.
    public Task SetUserNameAsync(AccountUser user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The name of an account does not change.");

    public Task SetNormalizedUserNameAsync(
        AccountUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(AccountUser user, CancellationToken cancellationToken) =>
        SaveAsync(user, cancellationToken);

    public Task<IdentityResult> UpdateAsync(AccountUser user, CancellationToken cancellationToken) =>
        SaveAsync(user, cancellationToken);

    public Task<IdentityResult> DeleteAsync(AccountUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are disabled; whoever owns one is erased like any person.");

    public async Task<AccountUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindAsync(id, cancellationToken) : null;

    public async Task<AccountUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        Guid? found;
        await using (var ask = new DistrictSql(store, District).With(FindName, normalizedUserName))
        await using (var rows = await ask.ReadAsync(cancellationToken))
        {
            found = await rows.ReadAsync(cancellationToken) ? rows.GetGuid(0) : null;
        }

        return found is { } id ? await FindAsync(id, cancellationToken) : null;
    }

    public async Task<AccountUser?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var session = store.LightweightSession(District);
        var stream = await session.Events.FetchForWriting<Account>(id, ct);
        return stream.CurrentVersion == 0 ? null : new AccountUser(stream.State!, stream.CurrentVersion);
    }

    public Task SetPasswordHashAsync(AccountUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        if (passwordHash is not null) user.Happens(new AccountEvent.PasswordSet(user.Id, passwordHash));
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.PasswordHash is not null);

    // The stamp moves by itself with every event that decides who may sign in.
    public Task SetSecurityStampAsync(AccountUser user, string stamp, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetSecurityStampAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>($"{user.Id:N}.{user.State.Stamp}");

    public void Dispose()
    {
        // Sessions of the store are held for one call each.
    }

    private async Task<IdentityResult> SaveAsync(AccountUser user, CancellationToken ct)
    {
        if (user.Pending.Count == 0) return IdentityResult.Success;

        var actor = user.Actor ?? user.Id.ToString();
        await using var session = store.LightweightSession(District, new EventMetadata(actor));
        session.Events.Append<Account>(
            user.Id, user.Version == 0 ? ExpectedVersion.New : user.Version, user.Pending);
        if (!await AddKeysAsync(session, user, ct)) return IdentityResult.Failed(errors.LoginAlreadyAssociated());
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return IdentityResult.Failed(errors.DuplicateUserName(""));
        }

        user.Saved();
        return IdentityResult.Success;
    }

    /// <summary>Whoever holds a key signs in to one account: a key that another one has is not given.</summary>
    private static async Task<bool> AddKeysAsync(IDocumentSession session, AccountUser user, CancellationToken ct)
    {
        var (before, after) = (AccountKey.Of(user.Stored), AccountKey.Of(user.State));
        foreach (var id in after.Except(before))
        {
            var key = await session.Events.FetchForWriting<AccountKey>(id, ct);
            if (key.State!.Account is { } holder && holder != user.Id) return false;
            key.AppendOne(new AccountKeyEvent.Given(user.Id));
        }

        foreach (var id in before.Except(after))
        {
            (await session.Events.FetchForWriting<AccountKey>(id, ct)).AppendOne(new AccountKeyEvent.Ended());
        }

        return true;
    }
}
