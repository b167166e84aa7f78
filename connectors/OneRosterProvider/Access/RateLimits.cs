namespace K12Hub.OneRosterProvider.Access;

/// <summary>How often clients may ask.</summary>
internal sealed class RateLimits(ProviderSettings settings, TimeProvider time) : IDisposable
{
    public RateWindow Tokens { get; } = new(settings.TokensPerMinute, time);

    public RateWindow Requests { get; } = new(settings.RequestsPerMinute, time);

    /// <summary>Places for requests that are answered.</summary>
    public SemaphoreSlim Places { get; } = new(settings.RequestsAtOnce);

    public void Dispose() => Places.Dispose();
}
