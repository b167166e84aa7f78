using System.Collections.Concurrent;
using System.Net;
using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>Writes down who signed in and who was refused; never what was typed as a name, which may be a
/// password.</summary>
internal sealed class SignInTrail(SecurityTrail trail, AccountsSettings settings, TimeProvider time)
{
    private const string Way = "signin";
    private const int MostUses = 10_000;

    private static readonly TimeSpan UsedAgain = TimeSpan.FromHours(1);

    // Of each token that holds, the addresses it came from lately.
    private readonly ConcurrentDictionary<(string Token, IPAddress? From), DateTimeOffset> uses = new();

    /// <summary>Somebody is about to be signed in.</summary>
    /// <param name="account">Whose account.</param>
    /// <param name="by">What they proved it with: password, code, passkey, provider.</param>
    /// <param name="client">Where they are.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="EventStore.AuditException">It is not written: nobody signs in.</exception>
    public Task SignedInAsync(Guid account, string by, Client client, CancellationToken ct) => trail.WriteAsync(
        new(settings.District),
        new("signin.done", Way) { Actor = account.ToString(), Address = client.Address?.ToString(), What = [by] }, ct);

    /// <summary>Somebody was wrong, or has to wait. Counted by address alone: so much work whether there is such an
    /// account or not.</summary>
    /// <param name="account">Whose name it was; null when it was nobody's.</param>
    /// <param name="what">What was wrong: password, code, passkey, provider, pause.</param>
    /// <param name="client">Where it came from.</param>
    /// <param name="ct">Cancels.</param>
    public Task RefusedAsync(Guid? account, string what, Client client, CancellationToken ct) => trail.RefusedAsync(
        settings.District,
        new SecurityNote("signin.refused", Way)
        {
            Address = client.Address?.ToString(), What = [what], Account = account,
        },
        ct);

    /// <summary>A program uses its token: written once an hour for each address it comes from.</summary>
    /// <param name="token">The token's id.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="EventStore.AuditException">It is not written, and may not be used.</exception>
    public ValueTask TokenUsedAsync(string token, IPAddress? from, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return uses.TryGetValue((token, from), out var before) && now - before < UsedAgain
            ? ValueTask.CompletedTask
            : new(WriteUseAsync(token, from, now, ct));
    }

    private async Task WriteUseAsync(string token, IPAddress? from, DateTimeOffset now, CancellationToken ct)
    {
        await trail.WriteAsync(
            new(settings.District), new("token.used", "http") { Actor = token, Address = from?.ToString() }, ct);
        if (uses.Count >= MostUses) uses.Clear();
        uses[(token, from)] = now;
    }

    /// <summary>A program showed a token that is none, or none that holds.</summary>
    public Task TokenRefusedAsync(Client client, CancellationToken ct) => trail.RefusedAsync(
        settings.District, new SecurityNote("token.refused", "http") { Address = client.Address?.ToString() }, ct);
}
