using K12Hub.EventStore;
using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <summary>What administrators do with accounts: they invite, they never choose a password.</summary>
public sealed class AccountDesk
{
    private const string List =
        $"""
        select id, coalesce(sign_in_name, ''), name, state, has_second_factor
          from {AccountsTables.Accounts} where tenant_id = $1 and (name, id) > ($2, $3)
         order by name, id limit 500
        """;

    private readonly UserManager<AccountUser> users;
    private readonly AccountStore accounts;
    private readonly Sessions sessions;
    private readonly DocumentStore store;
    private readonly AccountsSettings settings;
    private readonly TimeProvider time;

    internal AccountDesk(
        UserManager<AccountUser> users, AccountStore accounts, Sessions sessions, DocumentStore store,
        AccountsSettings settings, TimeProvider time) =>
        (this.users, this.accounts, this.sessions, this.store, this.settings, this.time) =
        (users, accounts, sessions, store, settings, time);

    /// <summary>Makes an account and invites its owner.</summary>
    /// <param name="signInName">What its owner types to sign in.</param>
    /// <param name="name">The owner's name.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <returns>The account and the link; null where the name is taken.</returns>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public async Task<(Guid Id, string Link)?> InviteAsync(string signInName, string name, string actor)
    {
        if (!SignInNames.IsOne(signInName)) throw new ArgumentException("It cannot be a name to sign in with.");

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var user = AccountUser.New(id, signInName, name, isFirst: false, time.GetUtcNow());
        user.Actor = actor;
        var token = Invite(user, TimeSpan.FromHours(settings.InvitationHours));
        return (await users.CreateAsync(user)).Succeeded ? (id, LinkOf(token)) : null;
    }

    /// <summary>Lets the owner choose a password anew.</summary>
    /// <param name="id">The account.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The link; null when there is no such account.</returns>
    public async Task<string?> ResetPasswordAsync(Guid id, string actor, CancellationToken ct)
    {
        var token = "";
        var done = await ChangeAsync(id, actor, user =>
        {
            if (user.State.IsEnabled) token = Invite(user, TimeSpan.FromMinutes(settings.ResetMinutes));
        }, ct);
        return done && token.Length > 0 ? LinkOf(token) : null;
    }

    /// <summary>Takes all second factors away; the next sign-in sets new ones up.</summary>
    /// <param name="id">The account.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> ResetFactorsAsync(Guid id, string actor, CancellationToken ct)
    {
        var done = await ChangeAsync(id, actor, user => user.Happens(new AccountEvent.FactorsReset(actor)), ct);
        await sessions.EndAllAsync(id, null, ct);
        return done;
    }

    /// <summary>Ends every session, and lets nobody in any more.</summary>
    /// <param name="id">The account.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> DisableAsync(Guid id, string actor, CancellationToken ct)
    {
        var done = await ChangeAsync(id, actor, user =>
        {
            if (user.State.IsEnabled) user.Happens(new AccountEvent.Disabled(time.GetUtcNow()));
        }, ct);
        await sessions.EndAllAsync(id, null, ct);
        return done;
    }

    /// <summary>Lets the owner in again.</summary>
    /// <param name="id">The account.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> EnableAsync(Guid id, string actor, CancellationToken ct) => ChangeAsync(id, actor, user =>
    {
        if (!user.State.IsEnabled) user.Happens(new AccountEvent.Enabled());
    }, ct);

    /// <summary>Has whoever a provider knows under a subject sign in to an account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="issuer">The provider.</param>
    /// <param name="subject">Its word for the person, never an address.</param>
    /// <param name="actor">Who does it, for the log of events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is no such account, or the person signs in to another one.</returns>
    public async Task<bool> LinkAsync(Guid id, string issuer, string subject, string actor, CancellationToken ct)
    {
        if (await accounts.FindAsync(id, ct) is not { State.IsEnabled: true } user) return false;
        if (user.State.Logins.Contains((issuer, subject))) return true;

        user.Actor = actor;
        user.Happens(new AccountEvent.SignInLinked(id, issuer, subject));
        return (await accounts.UpdateAsync(user, ct)).Succeeded;
    }

    /// <summary>The account of a name, or of an id; null for none.</summary>
    /// <param name="nameOrId">Either.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Guid?> FindAsync(string nameOrId, CancellationToken ct) =>
        Guid.TryParse(nameOrId, out var id)
            ? (await accounts.FindAsync(id, ct))?.Id
            : (await users.FindByNameAsync(SignInNames.Normal(nameOrId)))?.Id;

    /// <summary>Up to 500 accounts after one, by name.</summary>
    /// <param name="after">The last one of before; null to begin.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ListedAccount>> ListAsync(ListedAccount? after, CancellationToken ct)
    {
        await using var ask = new DistrictSql(store, new(settings.District))
            .With(List, after?.Name ?? "", after?.Id ?? Guid.Empty);
        await using var rows = await ask.ReadAsync(ct);
        var found = new List<ListedAccount>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetBoolean(4)));
        }

        return found;
    }

    private string Invite(AccountUser user, TimeSpan life)
    {
        var token = Invitations.NewToken(user.Id);
        user.Happens(new AccountEvent.Invited(user.Id, SecretHash.Of(token), time.GetUtcNow() + life));
        return token;
    }

    private string LinkOf(string token) => $"{settings.PublicAddress?.TrimEnd('/')}/invitation/{token}";

    private async Task<bool> ChangeAsync(
        Guid id, string actor, Action<AccountUser> change, CancellationToken ct)
    {
        while (await accounts.FindAsync(id, ct) is { State.Exists: true } user)
        {
            user.Actor = actor;
            change(user);
            if ((await accounts.UpdateAsync(user, ct)).Succeeded) return true;
        }

        return false;
    }
}

/// <summary>An account in a list for administrators.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="SignInName">What its owner types; empty when the owner was erased.</param>
/// <param name="Name">The owner's name.</param>
/// <param name="State">invited, active or disabled.</param>
/// <param name="HasSecondFactor">Whether one was set up.</param>
public sealed record ListedAccount(Guid Id, string SignInName, string Name, string State, bool HasSecondFactor);
