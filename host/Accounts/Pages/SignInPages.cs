using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Name and password, then the second step.</summary>
internal sealed class SignInPages(
    SignInDesk desk, Sessions sessions, FormGuard guard, ProviderConnections providers, AccountsSettings settings)
{
    public const string Path = "/sign-in", FactorPath = "/sign-in/factor";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static (HttpContext http, SignInPages pages) => pages.ShowAsync(http, null));
        routes.MapPost(Path, static (HttpContext http, SignInPages pages) => pages.PostAsync(http));
        routes.MapGet(FactorPath, static (HttpContext http, SignInPages pages) => pages.ShowFactorAsync(http, null));
        routes.MapPost(FactorPath, static (HttpContext http, SignInPages pages) => pages.PostFactorAsync(http));
        routes.MapPost("/sign-out", static (HttpContext http, SignInPages pages) => pages.SignOutAsync(http));
    }

    /// <summary>Where one goes after a step.</summary>
    public static string After(string step) => step switch
    {
        SessionStep.Factor => FactorPath,
        SessionStep.Enrolling => EnrollPages.Path,
        SessionStep.Full => SessionPages.Path,
        _ => Path,
    };

    /// <summary>Gives the browser what a step earned, and sends it on.</summary>
    public static void Go(HttpContext http, SignInAnswer answer)
    {
        SessionCookie.Give(http, answer.Token!);
        http.Response.Redirect(After(answer.Step));
    }

    private async Task ShowAsync(
        HttpContext http, string? problem, string name = "", int status = StatusCodes.Status200OK)
    {
        var words = Words.Of(http.Request);
        var form = Page.Form(guard, http, Path, Html.Of(
            $"""
            {Page.Field("name", words["name"], "text", "username webauthn", name)}
            {Page.Field("password", words["password"], "password", "current-password")}
            """), words["signIn"]);
        var passkey = settings.PublicAddress is null ? Html.Empty : PasskeyPages.SignInForm(guard, http, words);
        var others = ProviderPages.SignInLinks(providers, words);
        await Page.WriteAsync(
            http, words, words["signIn"], Html.Of($"{Page.Problem(problem)}{form}{passkey}{others}"), status,
            script: settings.PublicAddress is not null);
    }

    private async Task PostAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is not { } form) return;

        var before = await SessionCookie.FindAsync(http, sessions);
        var answer = await desk.PasswordAsync(
            form["name"].ToString(), form["password"].ToString(), Client.Of(http), before, http.RequestAborted);
        if (answer.Token is not null) Go(http, answer);
        else await ShowAsync(http, Problem(http, answer), form["name"].ToString(), StatusOf(answer));
    }

    private async Task ShowFactorAsync(HttpContext http, string? problem, int status = StatusCodes.Status200OK)
    {
        if (await SessionCookie.FindAsync(http, sessions) is not { Step: SessionStep.Factor })
        {
            http.Response.Redirect(Path);
            return;
        }

        var words = Words.Of(http.Request);
        var form = Page.Form(
            guard, http, FactorPath, Page.Field("code", words["code"], "text", "one-time-code"), words["continue"]);
        await Page.WriteAsync(http, words, words["factor"], Html.Of($"{Page.Problem(problem)}{form}"), status);
    }

    private async Task PostFactorAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is not { } form) return;
        if (await SessionCookie.FindAsync(http, sessions) is not { Step: SessionStep.Factor } session)
        {
            http.Response.Redirect(Path);
            return;
        }

        var answer = await desk.FactorAsync(session, form["code"].ToString(), Client.Of(http), http.RequestAborted);
        if (answer.Token is not null) Go(http, answer);
        else await ShowFactorAsync(http, Problem(http, answer), StatusOf(answer));
    }

    private async Task SignOutAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is null) return;
        if (await SessionCookie.FindAsync(http, sessions) is { } session)
        {
            await sessions.EndAsync(session, http.RequestAborted);
        }

        SessionCookie.Take(http);
        http.Response.Redirect(Path);
    }

    public static string Problem(HttpContext http, SignInAnswer answer)
    {
        var words = Words.Of(http.Request);
        if (answer.Wait is not { } wait) return words["wrong"];

        var seconds = (int)Math.Ceiling(Math.Max(1, wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return words.With("wait", seconds);
    }

    public static int StatusOf(SignInAnswer answer) =>
        answer.Wait is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests;
}
