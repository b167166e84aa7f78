using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>Somebody as a provider knows them.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its word for the person; never changes, and is no address.</param>
/// <param name="HasSecondFactor">Whether it asked for a second factor.</param>
internal sealed record KnownPerson(string Issuer, string Subject, bool HasSecondFactor);

/// <summary>Which account somebody opens whom a provider knows. Linking needs who is signed in to the account, or an
/// administrator; an address that is the same links nothing.</summary>
internal sealed class ProviderSignIn(
    DocumentStore store, AccountStore accounts, SignInDesk desk, AccountsSettings settings, TimeProvider time)
{
    /// <summary>Whether somebody proved lately enough who they are.</summary>
    public bool IsFresh(LiveSession session) =>
        time.GetUtcNow() - session.ProvedAt <= TimeSpan.FromMinutes(settings.ProofMinutes);

    /// <summary>Signs in to the account that is linked; null when none is.</summary>
    public async Task<SignInAnswer?> EnterAsync(
        KnownPerson person, Client client, LiveSession? before, CancellationToken ct)
    {
        await using var session = store.LightweightSession(new(settings.District));
        var key = await session.Events.AggregateStreamAsync<AccountKey>(
            AccountKey.OfLogin(person.Issuer, person.Subject), ct: ct);
        if (key?.Account is not { } id || await accounts.FindAsync(id, ct) is not { State.IsEnabled: true } user)
        {
            return null;
        }

        return person.HasSecondFactor
            ? await desk.BeginAsync(user, SessionStep.Full, "provider", client, before, ct)
            : await desk.NextAsync(user, "provider", client, before, ct);
    }

    /// <returns>False when another account has this person, or the account is gone.</returns>
    public async Task<bool> LinkAsync(Guid account, KnownPerson person, CancellationToken ct)
    {
        if (await accounts.FindAsync(account, ct) is not { State.IsEnabled: true } user) return false;
        if (user.State.Logins.Contains((person.Issuer, person.Subject))) return true;

        user.Happens(new AccountEvent.SignInLinked(account, person.Issuer, person.Subject));
        return (await accounts.UpdateAsync(user, ct)).Succeeded;
    }
}
