using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>Decides who a socket stands for when it says <c>connection_init</c>. Browsers cannot send headers with a
/// socket, so its payload may hold what a header would.</summary>
public interface IConnectionGuard
{
    /// <summary>Admits a socket or not.</summary>
    /// <param name="http">The request the socket came with.</param>
    /// <param name="payload">The payload of <c>connection_init</c>, an object; undefined when there was none.</param>
    /// <param name="cancellationToken">Ends with the socket.</param>
    ValueTask<ConnectionDecision> ConnectAsync(
        HttpContext http, JsonElement payload, CancellationToken cancellationToken);
}

/// <summary>Who a socket stands for, and until when.</summary>
/// <param name="User">Whose socket it is; null refuses it with 4403.</param>
/// <param name="ExpiresAt">When it is closed with 4403, so that the client comes back with newer credentials; null
/// never.</param>
public sealed record ConnectionDecision(ClaimsPrincipal? User, DateTimeOffset? ExpiresAt)
{
    /// <summary>When it is cancelled, the socket is closed with 4403, as when it has expired.</summary>
    public CancellationToken Withdrawn { get; init; }

    /// <summary>Refuses the socket.</summary>
    public static ConnectionDecision Refused { get; } = new(null, null);
}

/// <summary>A socket is that of the request it came with, as long as the request's credentials are valid.</summary>
internal sealed class RequestConnectionGuard : IConnectionGuard
{
    public ValueTask<ConnectionDecision> ConnectAsync(
        HttpContext http, JsonElement payload, CancellationToken cancellationToken) =>
        new(new ConnectionDecision(http.User, ExpiryOf(http)));

    private static DateTimeOffset? ExpiryOf(HttpContext http)
    {
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var claim = http.User.FindFirst("exp")?.Value;
        return long.TryParse(claim, CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(seconds) is var expiry && (ticket is null || expiry < ticket)
                ? expiry
                : ticket;
    }
}
