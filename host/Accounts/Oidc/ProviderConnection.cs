using System.Text.Json;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace K12Hub.Accounts;

/// <summary>What is said to one provider: discovery, the exchange of a code, and the check of what comes
/// back.</summary>
internal sealed partial class ProviderConnection : IDisposable
{
    private const int LargestAnswer = 256 * 1024;

    // People wait for it: after this the page says that the provider does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly string name;
    private readonly SignInProvider provider;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly HttpClient client;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> configuration;

    public ProviderConnection(string name, SignInProvider provider, TimeProvider time, ILogger log)
    {
        (this.name, this.provider, this.time, this.log) = (name, provider, time, log);
        var isLocal = new Uri(provider.Issuer).IsLoopback;
        // What the provider says of itself names addresses too: they lead where its own may be, and nowhere else.
        client = new(OutboundHttp.Handler(isLocal, provider.AllowPrivateAddresses, Patience))
        {
            Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer,
        };
        configuration = new(
            $"{provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(client) { RequireHttps = !isLocal });
    }

    /// <summary>Where the provider is reached; null when it does not answer, or answers for somebody else.</summary>
    public async Task<OpenIdConnectConfiguration?> FindAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var found = await configuration.GetConfigurationAsync(patience.Token);
            return found.Issuer == provider.Issuer ? found : null;
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException
            or OperationCanceledException && !ct.IsCancellationRequested)
        {
            SayWhenForbidden(failure);
            return null;
        }
    }

    /// <summary>Exchanges a code for the claims of whoever signed in; null when the provider refuses, or when what it
    /// says cannot be believed.</summary>
    public async Task<JsonWebToken?> ExchangeAsync(
        OpenIdConnectConfiguration at, string code, string verifier, string redirect, string nonce,
        CancellationToken ct)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect,
            ["code_verifier"] = verifier, ["client_id"] = provider.ClientId,
        };
        if (provider.ClientSecretFile is { } file)
        {
            fields["client_secret"] = (await File.ReadAllTextAsync(file, ct)).Trim();
        }

        try
        {
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await client.PostAsync(new Uri(at.TokenEndpoint), content, ct);
            if (!answer.IsSuccessStatusCode) return null;

            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
            return json.RootElement.TryGetProperty("id_token", out var token) && token.GetString() is { } text
                ? await CheckAsync(at, text, nonce, ct)
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            or OperationCanceledException && !ct.IsCancellationRequested)
        {
            SayWhenForbidden(failure);
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Whoever signs in sees that the provider does not answer; why, and what to do, is for who runs
    /// it.</summary>
    private void SayWhenForbidden(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is not ForbiddenAddressException forbidden) continue;
            if (forbidden.IsPrivate) LogPrivate(name, cause.Message);
            else LogForbidden(name, cause.Message);
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning,
        "Nobody can sign in with {Provider}: {Reason} It is in a private network; if that is your own, set "
        + "Accounts:Providers:{Provider}:AllowPrivateAddresses to true")]
    private partial void LogPrivate(string provider, string reason);

    [LoggerMessage(
        2, LogLevel.Warning,
        "Nobody can sign in with {Provider}: {Reason} Give the issuer's own address, with https")]
    private partial void LogForbidden(string provider, string reason);

    private async Task<JsonWebToken?> CheckAsync(
        OpenIdConnectConfiguration at, string token, string nonce, CancellationToken ct)
    {
        var checkedToken = await ValidateAsync(at, token);
        if (checkedToken.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Keys are replaced now and then; whoever has a new one is asked for it once.
            configuration.RequestRefresh();
            if (await FindAsync(ct) is not { } fresh) return null;
            checkedToken = await ValidateAsync(fresh, token);
        }

        return checkedToken is { IsValid: true, SecurityToken: JsonWebToken claims } && IsForUs(claims, nonce)
            ? claims
            : null;
    }

    private Task<TokenValidationResult> ValidateAsync(OpenIdConnectConfiguration at, string token) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = at.SigningKeys,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromMinutes(1),
            LifetimeValidator = (from, until, _, parameters) => until is { } end
                && time.GetUtcNow() < end + parameters.ClockSkew
                && (from is not { } start || time.GetUtcNow() > start - parameters.ClockSkew),
        });

    /// <summary>Whether it answers our own question, and was made for us when it was made for several.</summary>
    private bool IsForUs(JsonWebToken claims, string nonce) =>
        ClaimOf(claims, "nonce") == nonce && !string.IsNullOrEmpty(claims.Subject)
        && (claims.Audiences.Count() == 1 || ClaimOf(claims, "azp") == provider.ClientId)
        && (ClaimOf(claims, "azp") is not { } party || party == provider.ClientId)
        && (provider.BelongingClaim is not { } belonging || provider.Belongs.Contains(ClaimOf(claims, belonging)));

    /// <summary>Whether the provider says that it asked for a second factor.</summary>
    public bool HasSecondFactor(JsonWebToken claims) => provider.AsksForSecondFactor
        || claims.Claims.Any(claim => claim is { Type: "amr", Value: "mfa" });

    private static string? ClaimOf(JsonWebToken claims, string type) =>
        claims.TryGetPayloadValue<string>(type, out var value) ? value : null;
}
