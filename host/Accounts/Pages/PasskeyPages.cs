using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Passkeys: added by somebody who is signed in, and used to sign in without a password. A passkey that has
/// verified its owner is both factors.</summary>
internal sealed class PasskeyPages(
    IPasskeyHandler<AccountUser> passkeys, UserManager<AccountUser> users, SignInDesk desk, Sessions sessions,
    SecretBox secrets, FormGuard guard, AccountsSettings settings)
{
    private const string Add = "/account/passkeys", Use = "/sign-in/passkey", Remove = "/account/passkeys/remove";
    private const int LargestCredential = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Add + "/options", static (HttpContext http, PasskeyPages pages) => pages.OfferAddAsync(http));
        routes.MapPost(Add, static (HttpContext http, PasskeyPages pages) => pages.AddAsync(http));
        routes.MapPost(Use + "/options", static (HttpContext http, PasskeyPages pages) => pages.OfferUseAsync(http));
        routes.MapPost(Use, static (HttpContext http, PasskeyPages pages) => pages.UseAsync(http));
        routes.MapPost(Remove, static (HttpContext http, PasskeyPages pages) => pages.RemoveAsync(http));
    }

    /// <summary>The way in for whoever has one; shown by our script where the browser knows passkeys.</summary>
    public static Html SignInForm(FormGuard guard, HttpContext http, Words words) =>
        ScriptForm(guard, http, Use, "use", words["passkeySignIn"], words);

    /// <summary>Those of an account, and a way to add one.</summary>
    public static Html Section(FormGuard guard, HttpContext http, Words words, Account account)
    {
        var list = Html.All(account.Passkeys.Select(passkey => Html.Of(
            $"""
            <li>{passkey.CreatedAt.ToString("u", null)}
            {Page.Form(guard, http, Remove, Html.Of(
                $"""<input type="hidden" name="passkey" value="{passkey.CredentialId}">"""), words["remove"])}</li>
            """)));
        return Html.Of(
            $"""
            <h2>{words["passkeys"]}</h2>
            <ul>{list}</ul>
            {ScriptForm(guard, http, Add, "add", words["passkeyAdd"], words)}
            """);
    }

    private static Html ScriptForm(
        FormGuard guard, HttpContext http, string action, string kind, string button, Words words) => Html.Of(
        $"""
        <form method="post" action="{action}" data-options="{action}/options" data-kind="{kind}" hidden>
        <input type="hidden" name="{FormGuard.Field}" value="{guard.TokenFor(http)}">
        <p role="alert" class="problem" hidden>{words["wrong"]}</p>
        <button>{button}</button>
        </form>
        """);

    private async Task OfferAddAsync(HttpContext http)
    {
        if (await FullAsync(http) is not var (session, user)) return;

        var offered = await passkeys.MakeCreationOptionsAsync(
            new() { Id = user.Id.ToString(), Name = user.State.SignInName ?? "", DisplayName = user.State.Name }, http);
        await sessions.HoldAsync(session, secrets.Close(offered.AttestationState ?? ""), http.RequestAborted);
        await JsonAsync(http, offered.CreationOptionsJson);
    }

    private async Task AddAsync(HttpContext http)
    {
        if (await FullAsync(http) is not var (session, user) || await BodyAsync(http) is not { } credential) return;

        await sessions.HoldAsync(session, null, http.RequestAborted); // A challenge is answered once.
        if (session.Held is null)
        {
            await RefuseAsync(http);
            return;
        }

        var attested = await passkeys.PerformAttestationAsync(new()
        {
            HttpContext = http, CredentialJson = credential, AttestationState = secrets.Open(session.Held),
        });
        if (!attested.Succeeded || !(await users.AddOrUpdatePasskeyAsync(user, attested.Passkey)).Succeeded)
        {
            await RefuseAsync(http);
            return;
        }

        await JsonAsync(http, $$"""{"next":"{{SessionPages.Path}}"}""");
    }

    private async Task OfferUseAsync(HttpContext http)
    {
        if (settings.PublicAddress is null || !await guard.IsOursAsync(http)) return;

        var offered = await passkeys.MakeRequestOptionsAsync(null, http);
        var before = await SessionCookie.FindAsync(http, sessions);
        SessionCookie.Give(http, await sessions.BeginAsync(
            Guid.Empty, SessionStep.Challenged, Client.Of(http).Device, before, http.RequestAborted,
            secrets.Close(offered.AssertionState ?? "")));
        await JsonAsync(http, offered.RequestOptionsJson);
    }

    private async Task UseAsync(HttpContext http)
    {
        if (settings.PublicAddress is null || !await guard.IsOursAsync(http)) return;
        var known = await SessionCookie.FindAsync(http, sessions);
        if (known is not { Step: SessionStep.Challenged, Held: { } held } session
            || await BodyAsync(http) is not { } credential)
        {
            await RefuseUseAsync(http);
            return;
        }

        await sessions.EndAsync(session, http.RequestAborted); // A challenge is answered once.
        var asserted = await passkeys.PerformAssertionAsync(new()
        {
            HttpContext = http, CredentialJson = credential, AssertionState = secrets.Open(held),
        });
        if (asserted is not { Succeeded: true, User.State.IsEnabled: true, Passkey.IsUserVerified: true }
            || !(await users.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey)).Succeeded)
        {
            await RefuseUseAsync(http);
            return;
        }

        var answer = await desk.BeginAsync(
            asserted.User, SessionStep.Full, "passkey", Client.Of(http), session, http.RequestAborted);
        SessionCookie.Give(http, answer.Token!);
        await JsonAsync(http, $$"""{"next":"{{SessionPages.Path}}"}""");
    }

    private async Task RefuseUseAsync(HttpContext http)
    {
        await desk.WrongAsync(null, "passkey", Client.Of(http), http.RequestAborted);
        await RefuseAsync(http);
    }

    private async Task RemoveAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is not { } form
            || await SessionPages.FullAsync(http, sessions) is not { } session)
        {
            return;
        }

        var user = await users.FindByIdAsync(session.Account.ToString());
        var id = form["passkey"].ToString();
        if (user is not null && Base64Url.IsValid(id))
        {
            await users.RemovePasskeyAsync(user, Base64Url.DecodeFromChars(id));
        }

        http.Response.Redirect(SessionPages.Path);
    }

    private async Task<(LiveSession Session, AccountUser User)?> FullAsync(HttpContext http)
    {
        if (!await guard.IsOursAsync(http)) return null;
        if (settings.PublicAddress is not null
            && await SessionCookie.FindAsync(http, sessions) is { Step: SessionStep.Full } session
            && await users.FindByIdAsync(session.Account.ToString()) is { } user)
        {
            return (session, user);
        }

        await RefuseAsync(http);
        return null;
    }

    private static async Task<string?> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or > LargestCredential) return null;

        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static Task JsonAsync(HttpContext http, string json)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(json, http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return JsonAsync(http, """{"next":null}""");
    }
}
