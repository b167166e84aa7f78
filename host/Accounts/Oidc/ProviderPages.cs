using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace K12Hub.Accounts;

/// <summary>Signs in with a provider: code flow with PKCE, and state and nonce that stay with us. Who somebody is, is
/// issuer and subject, never an e-mail address.</summary>
internal sealed class ProviderPages(
    ProviderConnections providers, ProviderSignIn signIn, SignInDesk desk, Sessions sessions, SecretBox secrets,
    FormGuard guard, AccountsSettings settings)
{
    private const string Path = "/sign-in/with/{provider}", Back = Path + "/back", Link = "/account/link/{provider}";

    /// <summary>Holds what a sign-in under way belongs to, apart from the session: it stays while one links.</summary>
    private const string Cookie = "__Host-k12hub-with";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            Path,
            static (HttpContext http, ProviderPages pages, string provider) => pages.GoAsync(http, provider, null));
        routes.MapGet(
            Back, static (HttpContext http, ProviderPages pages, string provider) => pages.ReturnAsync(http, provider));
        routes.MapPost(
            Link, static (HttpContext http, ProviderPages pages, string provider) => pages.LinkAsync(http, provider));
    }

    /// <summary>The ways in; nothing where no provider is named.</summary>
    public static Html SignInLinks(ProviderConnections providers, Words words) =>
        Html.All(providers.All.Select(provider => Html.Of(
            $"""
            <p><a class="button" href="/sign-in/with/{provider.Key}">{words.With("with", provider.Value.Label)}</a></p>
            """)));

    /// <summary>What an account is linked to, and ways to link it.</summary>
    public static Html Section(
        ProviderConnections providers, FormGuard guard, HttpContext http, Words words, Account account)
    {
        if (providers.All.Count == 0) return Html.Empty;

        var linked = Html.All(account.Logins.Select(login => Html.Of($"<li>{login.Issuer}</li>")));
        var forms = Html.All(providers.All.Select(provider => Page.Form(
            guard, http, $"/account/link/{provider.Key}", Html.Empty, words.With("link", provider.Value.Label))));
        return Html.Of($"<h2>{words["linked"]}</h2><ul>{linked}</ul>{forms}");
    }

    private async Task LinkAsync(HttpContext http, string name)
    {
        if (await guard.ReadAsync(http) is null || await SessionPages.FullAsync(http, sessions) is not { } own) return;
        if (!signIn.IsFresh(own))
        {
            http.Response.Redirect(SignInPages.Path);
            return;
        }

        await GoAsync(http, name, own.Account);
    }

    private async Task GoAsync(HttpContext http, string name, Guid? linkTo)
    {
        if (!providers.All.TryGetValue(name, out var provider))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await providers.ConnectionOf(name).FindAsync(http.RequestAborted) is not { } at)
        {
            await SayAsync(http, "providerDown", provider, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        var asked = new AskedProvider(name, Random(), Random(), Random(), linkTo);
        var token = await sessions.BeginAsync(
            Guid.Empty, SessionStep.Challenged, Client.Of(http).Device, null, http.RequestAborted,
            secrets.Close(JsonSerializer.Serialize(asked)));
        http.Response.Cookies.Append(Cookie, token, new CookieOptions
        {
            HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true,
        });
        http.Response.Redirect(QueryHelpers.AddQueryString(at.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = provider.ClientId, ["redirect_uri"] = RedirectOf(name),
            ["scope"] = "openid", ["state"] = asked.State, ["nonce"] = asked.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(asked.Verifier))),
            ["code_challenge_method"] = "S256",
        }));
    }

    private async Task ReturnAsync(HttpContext http, string name)
    {
        if (!providers.All.TryGetValue(name, out var provider))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Who starts at the provider's own page brings a code that we did not ask for, and that may be another's.
        if (!http.Request.Query.ContainsKey("state"))
        {
            http.Response.Redirect($"/sign-in/with/{name}");
            return;
        }

        if (await TakeAskedAsync(http) is not { } asked || asked.Provider != name
            || http.Request.Query["state"] is not [{ } state] || state != asked.State
            || http.Request.Query["code"] is not [{ Length: > 0 } code])
        {
            await RefuseAsync(http, "providerRefused", provider, StatusCodes.Status400BadRequest);
            return;
        }

        var connection = providers.ConnectionOf(name);
        var claims = await connection.FindAsync(http.RequestAborted) is { } at
            ? await connection.ExchangeAsync(
                at, code, asked.Verifier, RedirectOf(name), asked.Nonce, http.RequestAborted)
            : null;
        if (claims is null)
        {
            await RefuseAsync(http, "providerRefused", provider, StatusCodes.Status403Forbidden);
            return;
        }

        var person = new KnownPerson(provider.Issuer, claims.Subject, connection.HasSecondFactor(claims));
        await EnterAsync(http, provider, person, asked);
    }

    private async Task EnterAsync(HttpContext http, SignInProvider provider, KnownPerson person, AskedProvider asked)
    {
        var before = await SessionCookie.FindAsync(http, sessions);
        if (asked.LinkTo is { } account)
        {
            // The session that asked for it must still be the browser's.
            var isLinked = before is { Step: SessionStep.Full } && before.Account == account
                && await signIn.LinkAsync(account, person, http.RequestAborted);
            if (isLinked) http.Response.Redirect(SessionPages.Path);
            else await RefuseAsync(http, "providerRefused", provider, StatusCodes.Status403Forbidden);
            return;
        }

        if (await signIn.EnterAsync(person, Client.Of(http), before, http.RequestAborted) is { } answer)
        {
            SignInPages.Go(http, answer);
            return;
        }

        await RefuseAsync(http, "notLinked", provider, StatusCodes.Status403Forbidden);
    }

    /// <summary>What was asked for in this browser; once.</summary>
    private async Task<AskedProvider?> TakeAskedAsync(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 100 } token
            || await sessions.FindAsync(token, http.RequestAborted)
                is not { Step: SessionStep.Challenged, Held: { } held } session)
        {
            return null;
        }

        await sessions.EndAsync(session, http.RequestAborted);
        http.Response.Cookies.Delete(Cookie, new CookieOptions { HttpOnly = true, Secure = true, Path = "/" });
        try
        {
            return JsonSerializer.Deserialize<AskedProvider>(secrets.Open(held));
        }
        catch (JsonException)
        {
            return null; // It holds a challenge of another kind.
        }
    }

    private string RedirectOf(string name) => $"{settings.PublicAddress!.TrimEnd('/')}/sign-in/with/{name}/back";

    private async Task RefuseAsync(HttpContext http, string what, SignInProvider provider, int status)
    {
        await desk.WrongAsync(null, "provider", Client.Of(http), http.RequestAborted);
        await SayAsync(http, what, provider, status);
    }

    private static Task SayAsync(HttpContext http, string what, SignInProvider provider, int status)
    {
        var words = Words.Of(http.Request);
        return Page.WriteAsync(http, words, words["signIn"], Html.Of(
            $"""
            {Page.Problem(words.With(what, provider.Label))}
            <p><a href="{SignInPages.Path}">{words["signIn"]}</a></p>
            """), status);
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>What a sign-in with a provider that is under way must come back with.</summary>
internal sealed record AskedProvider(string Provider, string State, string Nonce, string Verifier, Guid? LinkTo);
