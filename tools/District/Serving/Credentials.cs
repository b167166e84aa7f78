using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace K12Hub.District.Serving;

/// <summary>Who may read: whoever has the static token, a token that was given out, or signs by OAuth 1.0a.</summary>
internal sealed class Credentials(Faults faults)
{
    private const string Demographics = "roster-demographics.readonly";

    private readonly ConcurrentDictionary<string, Token> tokens = new();
    private int given;

    /// <summary>How many tokens were given out.</summary>
    public int TokensGiven => given;

    /// <summary>Answers a request for a token.</summary>
    public async Task GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var basic = context.Request.Headers.Authorization.ToString();
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RestServer.Id}:{RestServer.Secret}"));
        var known = (basic == "Basic " + expected && !faults.Has("formOnly") && !faults.Has("queryOnly"))
            || (form["client_id"] == RestServer.Id && form["client_secret"] == RestServer.Secret
                && !faults.Has("basicOnly") && !faults.Has("queryOnly"))
            || (context.Request.Query["client_id"] == RestServer.Id
                && context.Request.Query["client_secret"] == RestServer.Secret && faults.Has("queryOnly"));
        if (!known || form["grant_type"] != "client_credentials")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_client" }, context.RequestAborted);
            return;
        }

        var token = $"token-{Interlocked.Increment(ref given)}";
        tokens[token] = new(form["scope"].ToString());
        object answer = faults.Has("bareToken")
            ? new { access_token = token }
            : new { access_token = token, token_type = "Bearer", expires_in = 3600, scope = form["scope"].ToString() };
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    /// <summary>The status to refuse a request with; null when it may be answered.</summary>
    public int? Refusal(HttpRequest request, string collection)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("OAuth ", StringComparison.Ordinal))
            return Signature.IsGood(request, authorization) ? null : StatusCodes.Status401Unauthorized;
        if (authorization == "Bearer " + RestServer.StaticToken) return null;
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal)
            || !tokens.TryGetValue(authorization["Bearer ".Length..], out var token)
            || token.IsSpent(faults.Number("expireAfter")))
        {
            return StatusCodes.Status401Unauthorized;
        }

        var wanted = collection == "demographics" ? Demographics : "roster-core.readonly";
        return token.Scope.Contains(wanted, StringComparison.Ordinal) ? null : StatusCodes.Status403Forbidden;
    }

    private sealed class Token(string scope)
    {
        private int used;

        public string Scope => scope;

        public bool IsSpent(int? after) => Interlocked.Increment(ref used) > after;
    }
}

/// <summary>Checks a signature by OAuth 1.0a, written apart from the code that makes them.</summary>
internal static class Signature
{
    public static bool IsGood(HttpRequest request, string authorization)
    {
        var given = authorization["OAuth ".Length..].Split(',').Select(pair => pair.Trim().Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Trim('"')));
        if (given.GetValueOrDefault("oauth_consumer_key") != RestServer.Id) return false;

        var signed = given.Where(pair => pair.Key is not ("oauth_signature" or "realm"))
            .Select(pair => (pair.Key, pair.Value))
            .Concat(request.QueryString.Value!.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (Key: Uri.UnescapeDataString(pair[0]), Value: Uri.UnescapeDataString(pair[1]))))
            .Select(pair => (Key: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var text = string.Join('&',
            request.Method,
            Uri.EscapeDataString($"{request.Scheme}://{request.Host}{request.Path.ToUriComponent()}"),
            Uri.EscapeDataString(string.Join('&', signed.Select(pair => $"{pair.Key}={pair.Value}"))));
        var key = Encoding.ASCII.GetBytes(RestServer.Secret + "&");
        var hash = given.GetValueOrDefault("oauth_signature_method") switch
        {
            "HMAC-SHA256" => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)),
#pragma warning disable CA5350 // The method's name is what the sender chose; old servers know no other.
            "HMAC-SHA1" => HMACSHA1.HashData(key, Encoding.ASCII.GetBytes(text)),
#pragma warning restore CA5350
            _ => [],
        };
        return hash.Length > 0 && Convert.ToBase64String(hash) == given.GetValueOrDefault("oauth_signature");
    }
}
