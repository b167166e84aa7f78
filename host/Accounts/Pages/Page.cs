using Microsoft.AspNetCore.Http;

namespace K12Hub.Accounts;

/// <summary>The frame of a page: plain HTML that works without script, at 320 pixels and with a keyboard.</summary>
internal static class Page
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string PolicyWithScript = Policy + "; script-src 'self'; connect-src 'self'";

    public static async Task WriteAsync(
        HttpContext http, Words words, string title, Html body, int status = StatusCodes.Status200OK,
        bool script = false)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = script ? PolicyWithScript : Policy;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(
            Html.Of($"""
                <!doctype html>
                <html lang="{words.Language}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{title} · K12Hub</title>
                <link rel="stylesheet" href="/assets/accounts.css">
                {(script ? new Html("<script src=\"/assets/passkeys.js\" defer></script>") : Html.Empty)}
                </head>
                <body><main>
                <h1>{title}</h1>
                {body}
                </main></body>
                </html>
                """).Text,
            http.RequestAborted);
    }

    /// <summary>A form that only a page of ours can have sent.</summary>
    public static Html Form(FormGuard guard, HttpContext http, string action, Html fields, string button) => Html.Of(
        $"""
        <form method="post" action="{action}">
        <input type="hidden" name="{FormGuard.Field}" value="{guard.TokenFor(http)}">
        {fields}
        <button>{button}</button>
        </form>
        """);

    /// <summary>A field with its label.</summary>
    public static Html Field(
        string name, string label, string type = "text", string autocomplete = "off", string value = "") => Html.Of(
        $"""
        <label for="{name}">{label}</label>
        <input id="{name}" name="{name}" type="{type}" autocomplete="{autocomplete}" value="{value}" required>
        """);

    /// <summary>What went wrong, read out by screen readers.</summary>
    public static Html Problem(string? text) =>
        text is null ? Html.Empty : Html.Of($"""<p role="alert" class="problem">{text}</p>""");
}
