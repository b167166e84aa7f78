using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace K12Hub.Accounts.Tests;

/// <summary>A provider that says whatever a test wants, also what none may say.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "k12hub";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Asked> codes = new();

    private FakeProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>Who signs in.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "42" };

    /// <summary>Makes of claims a token; null for an honest one.</summary>
    public Func<Dictionary<string, object>, string>? Forge { get; set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = provider.Issuer, ["authorization_endpoint"] = provider.Issuer + "/authorize",
            ["token_endpoint"] = provider.Issuer + "/token", ["jwks_uri"] = provider.Issuer + "/keys",
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapPost("/token", (Delegate)provider.AnswerAsync);
        await app.StartAsync(AccountsHub.Ct);
        return provider;
    }

    /// <summary>Somebody signs in there: the code with which the browser is sent back.</summary>
    public string CodeFor(string authorize)
    {
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(authorize).Query);
        Assert.Equal(("code", "S256"), (asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
        var code = RandomNumberGenerator.GetHexString(32);
        codes[code] = new(
            asked["code_challenge"].ToString(), asked["nonce"].ToString(), asked["redirect_uri"].ToString());
        return code;
    }

    /// <summary>Everything an honest token says.</summary>
    public Dictionary<string, object> Honest(string nonce) => new(Claims)
    {
        ["iss"] = Issuer, ["aud"] = ClientId, ["nonce"] = nonce,
        ["iat"] = Seconds(0), ["exp"] = Seconds(300),
    };

    /// <summary>By the clock of the hub, which stands.</summary>
    public static long Seconds(int fromNow) => AccountsHub.Monday.AddSeconds(fromNow).ToUnixTimeSeconds();

    /// <summary>A token signed with the provider's key.</summary>
    public string Signed(Dictionary<string, object> claims, string kid = "one", RSA? with = null) => Token(
        new() { ["alg"] = "RS256", ["kid"] = kid, ["typ"] = "JWT" }, claims,
        text => (with ?? key).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token signed with the public key as if it were a shared secret.</summary>
    public string SignedWithPublicKey(Dictionary<string, object> claims) => Token(
        new() { ["alg"] = "HS256", ["kid"] = "one" }, claims,
        text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), text));

    public static string Unsigned(Dictionary<string, object> claims) =>
        Token(new() { ["alg"] = "none" }, claims, _ => []);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        key.Dispose();
    }

    private static string Token(
        Dictionary<string, object> header, Dictionary<string, object> claims, Func<byte[], byte[]> sign)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header)) + "."
            + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        return text + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)));
    }

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(AccountsHub.Ct);
        if (!codes.TryRemove(form["code"].ToString(), out var asked)
            || form["client_id"] != ClientId || form["redirect_uri"] != asked.Redirect
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                != asked.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var claims = Honest(asked.Nonce);
        var token = Forge?.Invoke(claims) ?? Signed(claims);
        return Results.Json(new { access_token = "-", token_type = "Bearer", id_token = token });
    }

    private Dictionary<string, string> PublicKey()
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = "one",
            ["n"] = Base64Url.EncodeToString(parts.Modulus), ["e"] = Base64Url.EncodeToString(parts.Exponent),
        };
    }

    private sealed record Asked(string Challenge, string Nonce, string Redirect);
}
