using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Chooses a password with the link of an invitation. Whatever is wrong with the link: there is no such
/// page.</summary>
internal sealed class InvitationPages(
    PasswordChoice passwords, PasswordRules rules, SignInDesk desk, Sessions sessions, FormGuard guard)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/invitation/{token}",
            static (HttpContext http, InvitationPages pages, string token) => pages.ShowAsync(http, token, null));
        routes.MapPost(
            "/invitation/{token}",
            static (HttpContext http, InvitationPages pages, string token) => pages.PostAsync(http, token));
    }

    private async Task ShowAsync(HttpContext http, string token, string? problem)
    {
        if (await passwords.InvitedAsync(token, http.RequestAborted) is null)
        {
            await desk.WrongAsync(null, "invitation", Client.Of(http), http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var words = Words.Of(http.Request);
        var form = Page.Form(
            guard, http, $"/invitation/{token}",
            Page.Field("password", words.With("newPassword", rules.FewestCharacters), "password", "new-password"),
            words["continue"]);
        await Page.WriteAsync(
            http, words, words["invitation"], Html.Of($"{Page.Problem(problem)}{form}"),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task PostAsync(HttpContext http, string token)
    {
        if (await guard.ReadAsync(http) is not { } form) return;
        if (await passwords.InvitedAsync(token, http.RequestAborted) is not { } user)
        {
            await desk.WrongAsync(null, "invitation", Client.Of(http), http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await passwords.ChooseAsync(user, form["password"].ToString(), http.RequestAborted) is { } complaint)
        {
            var words = Words.Of(http.Request);
            await ShowAsync(http, token, words.With(complaint, rules.FewestCharacters));
            return;
        }

        var before = await SessionCookie.FindAsync(http, sessions);
        SignInPages.Go(http, await desk.NextAsync(user, "invitation", Client.Of(http), before, http.RequestAborted));
    }
}
