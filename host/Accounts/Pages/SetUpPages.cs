using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Makes the first administrator with the code on the console. Afterwards there is no such page, for
/// ever.</summary>
internal sealed class SetUpPages(
    FirstAdministrator first, PasswordRules rules, SignInDesk desk, Sessions sessions, Throttle throttle,
    FormGuard guard)
{
    public const string Path = "/set-up";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static (HttpContext http, SetUpPages pages) => pages.ShowAsync(http, null));
        routes.MapPost(Path, static (HttpContext http, SetUpPages pages) => pages.PostAsync(http));
    }

    private async Task ShowAsync(HttpContext http, string? problem, int status = StatusCodes.Status200OK)
    {
        if (!await first.IsMissingAsync(http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var words = Words.Of(http.Request);
        var form = Page.Form(guard, http, Path, Html.Of(
            $"""
            {Page.Field("code", words["setupCode"])}
            {Page.Field("yourName", words["yourName"], "text", "name")}
            {Page.Field("name", words["name"], "text", "username")}
            {Page.Field(
                "password", words.With("newPassword", rules.FewestCharacters), "password", "new-password")}
            """), words["continue"]);
        await Page.WriteAsync(http, words, words["setup"], Html.Of($"{Page.Problem(problem)}{form}"), status);
    }

    private async Task PostAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        if (!await first.IsMissingAsync(ct))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await guard.ReadAsync(http) is not { } form) return;

        var (words, client) = (Words.Of(http.Request), Client.Of(http));
        if (await throttle.TakeAsync("set-up", client.Address, ct) is { } wait)
        {
            var later = SignInAnswer.Later(wait);
            await ShowAsync(http, SignInPages.Problem(http, later), SignInPages.StatusOf(later));
            return;
        }

        if (!await first.IsCodeAsync(form["code"].ToString(), ct) || !SignInNames.IsOne(form["name"])
            || string.IsNullOrWhiteSpace(form["yourName"]))
        {
            await desk.WrongAsync(null, "setUp", client, ct);
            await ShowAsync(http, words["wrong"], StatusCodes.Status401Unauthorized);
            return;
        }

        await throttle.SucceededAsync("set-up", client.Address, ct);
        await MakeAsync(http, form, words);
    }

    private async Task MakeAsync(HttpContext http, IFormCollection form, Words words)
    {
        var (user, complaint) = await first.MakeAsync(
            form["name"].ToString(), form["yourName"].ToString(), form["password"].ToString(), http.RequestAborted);
        if (user is null)
        {
            var problem = complaint is null ? words["wrong"] : words.With(complaint, rules.FewestCharacters);
            await ShowAsync(http, problem, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var before = await SessionCookie.FindAsync(http, sessions);
        SignInPages.Go(http, await desk.NextAsync(user, "setUp", Client.Of(http), before, http.RequestAborted));
    }
}
