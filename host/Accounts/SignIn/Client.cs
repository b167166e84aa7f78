using System.Net;
using Microsoft.AspNetCore.Http;

namespace K12Hub.Accounts;

/// <summary>Where a request comes from.</summary>
/// <param name="Address">The peer; null when it is not known.</param>
/// <param name="Device">What the browser says it is.</param>
internal sealed record Client(IPAddress? Address, string? Device)
{
    public static Client Of(HttpContext http) =>
        new(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString());
}
