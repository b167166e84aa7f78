using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace K12Hub.App;

/// <summary>What one caller may cost us before anything of ours is asked.</summary>
internal static class Limits
{
    private const int LargestBody = 256 * 1024;
    private const int MostConnections = 2_000;
    private const int MostSockets = 1_000; // As many as there may be streams at the API.

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MostSockets;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
