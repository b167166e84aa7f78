using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace K12Hub.App;

/// <summary>What one caller may cost us before anything of ours is asked.</summary>
internal static class Limits
{
    private const int LargestBody = 256 * 1024;
    private const int MostConnections = 2_000;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
