using Microsoft.AspNetCore.Http;

namespace K12Hub.Accounts;

/// <summary>What the browser of somebody who signs in holds.</summary>
internal static class SessionCookie
{
    public const string Name = "__Host-k12hub";

    private static readonly CookieOptions Options = new()
    {
        HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true,
    };

    public static void Give(HttpContext http, string token) =>
        http.Response.Cookies.Append(Name, token, Options);

    public static void Take(HttpContext http)
    {
        http.Response.Cookies.Delete(Name, Options);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    }

    /// <summary>The session of a request; null when there is none that holds.</summary>
    public static async ValueTask<LiveSession?> FindAsync(HttpContext http, Sessions sessions) =>
        Shown(http) is { } token ? await sessions.FindAsync(token, http.RequestAborted) : null;

    /// <summary>What a request shows; null when it cannot be one.</summary>
    public static string? Shown(HttpContext http) =>
        http.Request.Cookies[Name] is { Length: > 0 and < 100 } token ? token : null;
}
