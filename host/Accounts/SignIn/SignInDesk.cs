using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace K12Hub.Accounts;

/// <summary>Signs people in, step by step. Whoever has no account is answered as somebody with a wrong password, after
/// as much work.</summary>
internal sealed partial class SignInDesk(
    UserManager<AccountUser> users,
    DecoyPassword decoy,
    Sessions sessions,
    Throttle throttle,
    UsedCodes used,
    ProviderConnections providers,
    AccountsSettings settings,
    SignInTrail trail,
    TimeProvider time,
    ILogger<SignInDesk> logger)
{
    // A hash takes a third of a second of a core on purpose; more at once than cores only wait for each other.
    private static readonly SemaphoreSlim Cores = new(Environment.ProcessorCount);

    /// <summary>The first step: name and password.</summary>
    public async Task<SignInAnswer> PasswordAsync(
        string name, string password, Client client, LiveSession? before, CancellationToken ct)
    {
        var key = SignInNames.Normal(name);
        if (await throttle.TakeAsync(key, client.Address, ct) is { } wait) return await LaterAsync(wait, client, ct);

        var named = SignInNames.IsOne(key) ? await users.FindByNameAsync(key) : null;
        if (await CheckAsync(named, password, ct) is not { } user)
        {
            return await WrongAsync(named?.Id, "password", client, ct);
        }

        await throttle.SucceededAsync(key, client.Address, ct);
        await NoticeAsync(user);
        return await NextAsync(user, "password", client, before, ct);
    }

    /// <summary>Where people sign in with a provider, the administrator's password is for emergencies: its use is
    /// recorded, and told to whoever reads the log.</summary>
    private async Task NoticeAsync(AccountUser user)
    {
        if (providers.All.Count == 0 || !user.State.IsFirstAdministrator) return;

        LogEmergency(user.Id);
        user.Happens(new AccountEvent.EmergencySignIn(time.GetUtcNow()));
        await users.UpdateAsync(user);
    }

    /// <summary>The step after the password: what is missing, if anything.</summary>
    public async Task<SignInAnswer> NextAsync(
        AccountUser user, string by, Client client, LiveSession? before, CancellationToken ct)
    {
        var step = user.State.HasSecondFactor ? SessionStep.Factor
            : settings.RequireSecondFactor ? SessionStep.Enrolling
            : SessionStep.Full;
        return await BeginAsync(user, step, by, client, before, ct);
    }

    /// <summary>The second step: a code of an app, or one for whoever lost it.</summary>
    public async Task<SignInAnswer> FactorAsync(LiveSession session, string code, Client client, CancellationToken ct)
    {
        var key = $"factor:{session.Account}";
        if (await throttle.TakeAsync(key, client.Address, ct) is { } wait) return await LaterAsync(wait, client, ct);

        var user = await users.FindByIdAsync(session.Account.ToString());
        if (user is not { State.IsEnabled: true } || !await IsRightAsync(user, code, ct))
        {
            return await WrongAsync(session.Account, "code", client, ct);
        }

        await throttle.SucceededAsync(key, client.Address, ct);
        return await BeginAsync(user, SessionStep.Full, "code", client, session, ct);
    }

    /// <summary>Signs in who proved who they are by other means: a passkey, a provider.</summary>
    public async Task<SignInAnswer> BeginAsync(
        AccountUser user, string step, string by, Client client, LiveSession? before, CancellationToken ct)
    {
        if (step == SessionStep.Full)
        {
            await trail.SignedInAsync(user.Id, by, client, ct);
            LogSignedIn(user.Id);
        }

        return new(await sessions.BeginAsync(user.Id, step, client.Device, before, ct), step, null);
    }

    /// <summary>It was wrong; what was wrong is not said.</summary>
    public async Task<SignInAnswer> WrongAsync(Guid? account, string what, Client client, CancellationToken ct)
    {
        LogRefused(what);
        await trail.RefusedAsync(account, what, client, ct);
        return SignInAnswer.Wrong;
    }

    private async Task<SignInAnswer> LaterAsync(TimeSpan wait, Client client, CancellationToken ct)
    {
        await trail.RefusedAsync(null, "pause", client, ct);
        return SignInAnswer.Later(wait);
    }

    private async Task<AccountUser?> CheckAsync(AccountUser? user, string password, CancellationToken ct)
    {
        // Longer ones cannot be anybody's, and hashing them is work for nothing.
        if (password.Length > 2 * PasswordRules.Longest) return null;

        await Cores.WaitAsync(ct);
        try
        {
            return user is { State: { IsEnabled: true, PasswordHash: not null } }
                ? await users.CheckPasswordAsync(user, password) ? user : null
                : decoy.Check(password);
        }
        finally
        {
            Cores.Release();
        }
    }

    private async Task<bool> IsRightAsync(AccountUser user, string code, CancellationToken ct)
    {
        if (user.State.AuthenticatorKey is not null
            && await users.GetAuthenticatorKeyAsync(user) is { } key
            && Totp.StepOf(key, code, time.GetUtcNow()) is { } step)
        {
            return await used.UseAsync(user.Id, step, ct);
        }

        return (await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Alert: account {Account} used its password instead of a provider.")]
    private partial void LogEmergency(Guid account);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} signed in.")]
    private partial void LogSignedIn(Guid account);

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in was refused: wrong {Step}.")]
    private partial void LogRefused(string step);
}
