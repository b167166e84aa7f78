using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>Signs requests by OAuth 1.0a (RFC 5849) without tokens, as OneRoster 1.1 asks for it.</summary>
internal static class OAuth1
{
    public const string Sha256 = "HMAC-SHA256";
    public const string Sha1 = "HMAC-SHA1";

    /// <summary>The header's value after <c>Authorization:</c>.</summary>
    /// <param name="url">The address exactly as it goes over the wire, query included.</param>
    /// <param name="id">The consumer key.</param>
    /// <param name="secret">The consumer secret.</param>
    /// <param name="method">HMAC-SHA256 or HMAC-SHA1.</param>
    /// <param name="nonce">A text that is never used twice.</param>
    /// <param name="now">The time of the request.</param>
    public static string Header(
        string url, string id, string secret, string method, string nonce, DateTimeOffset now)
    {
        (string Name, string Value)[] own =
        [
            ("oauth_consumer_key", id),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", method),
            ("oauth_timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_version", "1.0"),
        ];
        var query = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url[(at + 1)..] : "";
        var text = BaseString("GET", url, [.. own, .. Decoded(query)]);

        return "OAuth " + string.Join(", ", own.Append(("oauth_signature", Sign(text, secret, "", method)))
            .Select(pair => $"{Encode(pair.Item1)}=\"{Encode(pair.Item2)}\""));
    }

    /// <summary>What is signed: method, address without query, and all parameters in order (RFC 5849, 3.4.1).</summary>
    public static string BaseString(string verb, string url, IEnumerable<(string Name, string Value)> parameters)
    {
        var sorted = parameters.Select(p => (Name: Encode(p.Name), Value: Encode(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");

        return string.Join('&', verb, Encode(Address(url)), Encode(string.Join('&', sorted)));
    }

    /// <summary>The signature of a base string, as Base64.</summary>
    public static string Sign(string text, string secret, string tokenSecret, string method)
    {
        var key = Encoding.ASCII.GetBytes($"{Encode(secret)}&{Encode(tokenSecret)}");
        var bytes = Encoding.ASCII.GetBytes(text);
#pragma warning disable CA5350 // The method is the server's to choose, and some know no other.
        return Convert.ToBase64String(method == Sha1
            ? HMACSHA1.HashData(key, bytes)
            : HMACSHA256.HashData(key, bytes));
#pragma warning restore CA5350
    }

    /// <summary>Parameters of a query or a form as they were before encoding.</summary>
    public static IEnumerable<(string Name, string Value)> Decoded(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : ""));

    /// <remarks>Encodes all but letters, digits and -._~ as RFC 3986 does.</remarks>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>Scheme and host in lower case, the usual port left out, the path as it is sent.</summary>
    private static string Address(string url)
    {
        var uri = RestAddress.Of(url);
        var path = url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        path = slash < 0 ? "/" : path[slash..];
        var query = path.IndexOf('?', StringComparison.Ordinal);

        return $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant()}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            + (query < 0 ? path : path[..query]);
    }
}
