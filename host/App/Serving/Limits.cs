using K12Hub.GraphQL.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace K12Hub.App;

/// <summary>What one caller may cost us before anything of ours is asked.</summary>
internal static class Limits
{
    private const int LargestBody = 256 * 1024;
    private const int MostConnections = 2_000;

    public static void Apply(KestrelServerOptions kestrel, GraphQLHttpOptions api)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Math.Max(LargestBody, api.MaxBodyBytes);
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = api.Streams.MaxStreams;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
