using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.GraphQL.Http.Explorer;

/// <summary>Serves a page for developers to write queries in. It loads nothing from elsewhere, and nothing in it can
/// run but its own two scripts.</summary>
internal sealed class ExplorerEndpoint(ExplorerFiles files)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public Task PageAsync(HttpContext http)
    {
        var language = LanguageOf(http.Request);
        var headers = http.Response.Headers;
        headers.ContentLanguage = language;
        headers.Vary = "Accept-Language";
        return AnswerAsync(http, "text/html; charset=utf-8", files.PageIn(language));
    }

    public Task AssetAsync(HttpContext http)
    {
        if (files.Assets.TryGetValue((string)http.GetRouteValue("file")!, out var asset))
        {
            return AnswerAsync(http, asset.Type, asset.Content);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext http, string type, byte[] content)
    {
        var response = http.Response;
        response.ContentType = type;
        response.ContentLength = content.Length;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    // What the address says, else what the browser prefers.
    private static string LanguageOf(HttpRequest request)
    {
        var wanted = new RequestHeaders(request.Headers).AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "")
            .Prepend(request.Query["lang"].ToString());
        return wanted.Select(Known).FirstOrDefault(language => language is not null) ?? ExplorerFiles.Languages[0];
    }

    private static string? Known(string tag) => Array.Find(
        ExplorerFiles.Languages,
        language => tag.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase));
}
