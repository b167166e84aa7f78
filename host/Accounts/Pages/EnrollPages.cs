using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>Sets up an app that shows codes: the one page that somebody without a second factor reaches.</summary>
internal sealed class EnrollPages(
    UserManager<AccountUser> users, SignInDesk desk, Sessions sessions, SecretBox secrets, UsedCodes used,
    FormGuard guard, TimeProvider time)
{
    public const string Path = "/sign-in/set-up";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static (HttpContext http, EnrollPages pages) => pages.ShowAsync(http, null));
        routes.MapPost(Path, static (HttpContext http, EnrollPages pages) => pages.PostAsync(http));
    }

    private async Task<LiveSession?> SessionAsync(HttpContext http)
    {
        var session = await SessionCookie.FindAsync(http, sessions);
        if (session is { Step: SessionStep.Enrolling }) return session;

        http.Response.Redirect(SignInPages.Path);
        return null;
    }

    private async Task ShowAsync(HttpContext http, string? problem, int status = StatusCodes.Status200OK)
    {
        if (await SessionAsync(http) is not { } session) return;

        var (words, user) = (Words.Of(http.Request), await users.FindByIdAsync(session.Account.ToString()));
        var key = session.Held is { } held ? secrets.Open(held) : Totp.NewKey();
        if (session.Held is null) await sessions.HoldAsync(session, secrets.Close(key), http.RequestAborted);
        var address = $"otpauth://totp/K12Hub:{Uri.EscapeDataString(user?.State.SignInName ?? "")}"
            + $"?secret={key}&issuer=K12Hub";
        var form = Page.Form(
            guard, http, Path, Page.Field("code", words["appCode"], "text", "one-time-code"), words["continue"]);
        await Page.WriteAsync(http, words, words["enroll"], Html.Of(
            $"""
            {Page.Problem(problem)}
            <p>{words["enrollText"]}</p>
            <p>{words["key"]}: <code>{key}</code></p>
            <p><a href="{address}">{words["openApp"]}</a></p>
            {form}
            """), status);
    }

    private async Task PostAsync(HttpContext http)
    {
        if (await guard.ReadAsync(http) is not { } form || await SessionAsync(http) is not { } session) return;

        var user = await users.FindByIdAsync(session.Account.ToString());
        var key = session.Held is { } held ? secrets.Open(held) : null;
        if (user is null || key is null || user.State.HasSecondFactor
            || Totp.StepOf(key, form["code"].ToString(), time.GetUtcNow()) is not { } step
            || !await used.UseAsync(user.Id, step, http.RequestAborted))
        {
            await desk.WrongAsync(session.Account, "code", Client.Of(http), http.RequestAborted);
            await ShowAsync(http, Words.Of(http.Request)["wrong"], StatusCodes.Status401Unauthorized);
            return;
        }

        user.Happens(new AccountEvent.AuthenticatorSet(user.Id, secrets.Close(key)));
        user.Happens(new AccountEvent.SecondFactorOn());
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes.Count) ?? [];
        var answer = await desk.BeginAsync(
            user, SessionStep.Full, "code", Client.Of(http), session, http.RequestAborted);
        SessionCookie.Give(http, answer.Token!);
        await ShowCodesAsync(http, codes);
    }

    private static Task ShowCodesAsync(HttpContext http, IEnumerable<string> codes)
    {
        var words = Words.Of(http.Request);
        var list = Html.All(codes.Select(code => Html.Of($"<li><code>{code}</code></li>")));
        return Page.WriteAsync(http, words, words["codes"], Html.Of(
            $"""
            <p>{words["codesText"]}</p>
            <ul>{list}</ul>
            <p><a class="button" href="{SessionPages.Path}">{words["continue"]}</a></p>
            """));
    }
}
