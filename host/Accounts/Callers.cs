using K12Hub.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts;

/// <summary>Says who sends a request to the API: a program, by its token, or somebody who is signed in, by the cookie
/// of a browser.</summary>
public sealed class Callers
{
    private const string Bearer = "Bearer ";

    private readonly Sessions sessions;
    private readonly TokenDesk tokens;
    private readonly IViewerGrants grants;
    private readonly SignInTrail trail;

    internal Callers(Sessions sessions, TokenDesk tokens, IViewerGrants grants, SignInTrail trail) =>
        (this.sessions, this.tokens, this.grants, this.trail) = (sessions, tokens, grants, trail);

    /// <summary>The viewer of a request; null when nobody signed in who may ask from there.</summary>
    /// <param name="http">The request.</param>
    public async ValueTask<Viewer?> FindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Request.Headers.Authorization is [{ } shown, ..])
        {
            var program = shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? await tokens.FindAsync(shown[Bearer.Length..].Trim(), http.RequestAborted)
                : null;
            if (program is null) await trail.TokenRefusedAsync(Client.Of(http), http.RequestAborted);
            else await trail.TokenUsedAsync(program.Id!, http.Connection.RemoteIpAddress, http.RequestAborted);
            return program;
        }

        if (!IsFromOurPages(http.Request)) return null;

        if (SessionCookie.Shown(http) is not { } token) return null;
        if (await sessions.FindAsync(token, grants, http.RequestAborted) is not { } found) return null;

        http.RequestServices.GetRequiredService<CallerProof>().At = found.What.ProvedAt;
        return found.Viewer;
    }

    /// <summary>Whether whoever opened a connection that lasts may still do just what they might then. It is not
    /// written down, and does not keep a session from ending.</summary>
    /// <param name="http">The request that it began with.</param>
    /// <param name="caller">Who it was.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<bool> IsStillAsync(HttpContext http, Viewer caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        var now = http.Request.Headers.Authorization is [{ } shown, ..]
            ? await tokens.FindAsync(shown[Bearer.Length..].Trim(), ct)
            : SessionCookie.Shown(http) is { } token ? await sessions.LookAsync(token, grants, ct) : null;
        return now is not null && now.MaySameAs(caller);
    }

    /// <summary>A cookie comes along whoever asks; that the browser calls it one of our own pages' requests does not.
    /// What is posted is JSON, which no form of another site can send.</summary>
    private static bool IsFromOurPages(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        && (!HttpMethods.IsPost(request.Method) || request.HasJsonContentType());
}
