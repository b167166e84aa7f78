using K12Hub.Hosting;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>The only way out to a source: limits of time, no redirects, no cookies, no addresses that are not
/// allowed.</summary>
internal static class GuardedConnection
{
    public static HttpClient Open(RestSourceSettings settings) => new(OutboundHttp.Handler(
        settings.AllowLoopback, settings.AllowPrivateAddresses, TimeSpan.FromSeconds(settings.ConnectSeconds)))
    {
        // Each request has a limit of its own, which also covers its body.
        Timeout = Timeout.InfiniteTimeSpan,
        // Who guards a source wants to see who it is; some refuse those that do not say.
        DefaultRequestHeaders = { { "User-Agent", "K12Hub" } },
    };
}
