using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace K12Hub.App;

/// <summary>Proxies in front of the program: whose word on where a request comes from, and whether by TLS, is taken.
/// Nobody's by default: to whoever is not named, the headers say nothing.</summary>
internal static class Proxies
{
    /// <summary>Has requests come from where the named proxies say.</summary>
    /// <exception cref="ValidationException">One is no address.</exception>
    public static void UseTrustedProxies(this WebApplication app, ServerSettings settings)
    {
        var named = settings.TrustedProxies.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (named.Length == 0) return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = named.Length,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in named)
        {
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new ValidationException($"Setting Server: TrustedProxies: {proxy} is no IP address."));
        }

        app.UseForwardedHeaders(options);
    }
}
