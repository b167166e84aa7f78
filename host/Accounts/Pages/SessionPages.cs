using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Where one is signed in, and with what.</summary>
internal sealed class SessionPages(
    Sessions sessions, UserManager<AccountUser> users, FormGuard guard, ProviderConnections providers,
    AccountsSettings settings)
{
    public const string Path = "/account";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static (HttpContext http, SessionPages pages) => pages.ShowAsync(http));
        routes.MapPost("/account/end", static (HttpContext http, SessionPages pages) => pages.EndAsync(http));
        routes.MapPost(
            "/account/end-others", static (HttpContext http, SessionPages pages) => pages.EndOthersAsync(http));
    }

    /// <summary>The session of somebody who is signed in all the way; null sends the browser to sign in.</summary>
    public static async Task<LiveSession?> FullAsync(HttpContext http, Sessions sessions)
    {
        var session = await SessionCookie.FindAsync(http, sessions);
        if (session is { Step: SessionStep.Full }) return session;

        http.Response.Redirect(SignInPages.After(session?.Step ?? ""));
        return null;
    }

    private async Task ShowAsync(HttpContext http)
    {
        if (await FullAsync(http, sessions) is not { } own) return;

        var words = Words.Of(http.Request);
        var list = Html.All((await sessions.ListAsync(own, http.RequestAborted)).Select(session => Html.Of(
            $"""
            <li>{words["device"]}: {session.Device} {(session.IsThis ? $"({words["this"]})" : "")}<br>
            {words["seen"]}: {session.SeenAt.ToString("u", CultureInfo.InvariantCulture)}
            {(session.IsThis ? Html.Empty : EndForm(http, session.Id, words))}</li>
            """)));
        var user = await users.FindByIdAsync(own.Account.ToString());
        var passkeys = settings.PublicAddress is null || user is null
            ? Html.Empty
            : PasskeyPages.Section(guard, http, words, user.State);
        var linked = user is null
            ? Html.Empty
            : ProviderPages.Section(providers, guard, http, words, user.State);
        await Page.WriteAsync(http, words, words["sessions"], Html.Of(
            $"""
            <ul>{list}</ul>
            {Page.Form(guard, http, "/account/end-others", Html.Empty, words["endAll"])}
            {passkeys}
            {linked}
            {Page.Form(guard, http, "/sign-out", Html.Empty, words["signOut"])}
            """), script: settings.PublicAddress is not null);
    }

    private Html EndForm(HttpContext http, Guid id, Words words) => Page.Form(
        guard, http, "/account/end",
        Html.Of($"""<input type="hidden" name="session" value="{id.ToString()}">"""), words["end"]);

    private async Task EndAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is not { } form || await FullAsync(http, sessions) is not { } own) return;
        if (Guid.TryParse(form["session"], out var id)) await sessions.EndAsync(own.Account, id, http.RequestAborted);
        http.Response.Redirect(Path);
    }

    private async Task EndOthersAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is null || await FullAsync(http, sessions) is not { } own) return;
        await sessions.EndAllAsync(own.Account, own, http.RequestAborted);
        http.Response.Redirect(Path);
    }
}
