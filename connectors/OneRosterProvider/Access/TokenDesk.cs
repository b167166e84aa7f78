using System.Globalization;
using System.Text;
using System.Text.Json;
using K12Hub.Hosting;
using Microsoft.AspNetCore.Http;

namespace K12Hub.OneRosterProvider.Access;

/// <summary>OAuth 2 client credentials: a token for an id and a secret (RFC 6749, 4.4 and 5.2).</summary>
internal sealed class TokenDesk(Clients clients, AccessTokens tokens, RateLimits limits, SecurityTrail trail)
{
    private const int MostFields = 16, LongestValue = 2_048;

    public async Task AnswerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_request");
            return;
        }

        var form = await context.Request.ReadFormAsync(
            new() { ValueCountLimit = MostFields, ValueLengthLimit = LongestValue, MultipartBodyLengthLimit = 0 }, ct);
        var shown = Shown(context.Request, form);
        var client = shown is var (id, secret) ? clients.Find(id, secret) : null;
        if (await limits.TakeTokenAsync(client, context.Connection.RemoteIpAddress, ct) is { } pause)
        {
            context.Response.Headers.RetryAfter = Seconds(pause);
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "slow_down");
        }
        else if (client is null)
        {
            await NoteAsync(context, shown is var (wrong, _) ? clients.Find(wrong) : null);
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"OneRoster\"";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "invalid_client");
        }
        else if (form["grant_type"] != "client_credentials")
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "unsupported_grant_type");
        }
        else if (Granted(client, form["scope"].ToString()) is not { Count: > 0 } scopes)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_scope");
        }
        else
        {
            await GiveAsync(context, await tokens.GiveAsync(client, scopes, ct), scopes);
        }
    }

    // Whoever names no client of ours is told to the first district.
    private Task NoteAsync(HttpContext context, Client? named) => trail.RefusedAsync(
        named?.District ?? 1,
        new SecurityNote("provider.refused", "provider")
        {
            Address = context.Connection.RemoteIpAddress?.ToString(),
        },
        context.RequestAborted);

    public static string Seconds(TimeSpan pause) =>
        ((int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Of what is asked for that which the client has; all it has when nothing is asked for.</summary>
    private static IReadOnlyList<Scope> Granted(Client client, string asked) => asked.Trim().Length == 0
        ? client.Scopes
        : [.. client.Scopes.Intersect(Scope.Parse(asked).OfType<Scope>())];

    /// <summary>Id and secret: as Basic, or in the form.</summary>
    private static (string Id, string Secret)? Shown(HttpRequest request, IFormCollection form)
    {
        const string Basic = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return form.ContainsKey("client_id")
                ? (form["client_id"].ToString(), form["client_secret"].ToString())
                : null;
        }

        var decoded = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), decoded, out var length)) return null;

        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (Uri.UnescapeDataString(pair[..colon]), Uri.UnescapeDataString(pair[(colon + 1)..]));
    }

    private Task GiveAsync(HttpContext context, string token, IReadOnlyList<Scope> scopes) =>
        WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteString("access_token", token);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (int)tokens.Life.TotalSeconds);
            json.WriteString("scope", string.Join(' ', scopes.Select(scope => scope.Name)));
        });

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        WriteAsync(context, status, json => json.WriteString("error", error));

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
