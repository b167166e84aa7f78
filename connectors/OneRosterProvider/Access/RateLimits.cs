using System.Net;
using K12Hub.Hosting;

namespace K12Hub.OneRosterProvider.Access;

/// <summary>How often clients may ask, counted over all nodes.</summary>
internal sealed class RateLimits(ProviderSettings settings, SharedLimits limits) : IDisposable
{
    private readonly Limit tokens = Limit.PerMinute("oneroster.tokens", settings.TokensPerMinute);
    private readonly Limit wrong = Limit.PerMinute("oneroster.wrong_secrets", settings.TokensPerMinute);
    private readonly Limit requests = Limit.PerMinute("oneroster.requests", settings.RequestsPerMinute);

    /// <summary>Places for requests that are answered; each node has its own.</summary>
    public SemaphoreSlim Places { get; } = new(settings.RequestsAtOnce);

    /// <summary>Takes one of the tokens a client may ask for; who is none shares an address's wrong secrets.</summary>
    /// <returns>Null when it may go on; else after how long to come back.</returns>
    public ValueTask<TimeSpan?> TakeTokenAsync(Client? client, IPAddress? from, CancellationToken ct) => client is null
        ? limits.TakeAsync(1, wrong, SharedLimits.Of(from), ct)
        : limits.TakeAsync(client.District, tokens, client.Name, ct);

    /// <summary>Takes one of a client's requests.</summary>
    /// <returns>Null when it may go on; else after how long to come back.</returns>
    public ValueTask<TimeSpan?> TakeRequestAsync(Client client, CancellationToken ct) =>
        limits.TakeAsync(client.District, requests, client.Name, ct);

    public void Dispose() => Places.Dispose();
}
