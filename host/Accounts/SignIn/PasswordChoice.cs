using Microsoft.AspNetCore.Identity;

namespace K12Hub.Accounts;

/// <summary>Has people choose a password: the first one, and another one.</summary>
internal sealed class PasswordChoice(
    UserManager<AccountUser> users, AccountStore accounts, PasswordRules rules, Sessions sessions, TimeProvider time)
{
    /// <summary>The account that a token opens; null when it opens none, for whatever reason.</summary>
    public async Task<AccountUser?> InvitedAsync(string? token, CancellationToken ct) =>
        Invitations.AccountOf(token) is { } id && await accounts.FindAsync(id, ct) is { } user
        && Invitations.Opens(user.State, token!, time.GetUtcNow())
            ? user
            : null;

    /// <summary>Chooses the password of whoever was invited, which uses the invitation up and ends every
    /// session.</summary>
    /// <returns>What is wrong with it, as a word; null when it was chosen.</returns>
    public async Task<string?> ChooseAsync(AccountUser user, string password, CancellationToken ct)
    {
        if (rules.Complaint(password, user.State) is { } complaint) return complaint;

        user.Happens(new AccountEvent.PasswordSet(user.Id, users.PasswordHasher.HashPassword(user, password)));
        if (!(await accounts.UpdateAsync(user, ct)).Succeeded) return PasswordComplaints.TooLate;

        await sessions.EndAllAsync(user.Id, null, ct);
        return null;
    }
}
