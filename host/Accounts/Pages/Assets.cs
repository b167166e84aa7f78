using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.Accounts;

/// <summary>The stylesheet and the script of the pages, from the program itself.</summary>
internal static class Assets
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "accounts.css", "text/css; charset=utf-8");
        Map(routes, "passkeys.js", "text/javascript; charset=utf-8");
    }

    private static void Map(IEndpointRouteBuilder routes, string name, string type)
    {
        var bytes = EmbeddedData.Bytes(name);
        routes.MapGet($"/assets/{name}", (HttpContext http) =>
        {
            http.Response.ContentType = type;
            http.Response.Headers.CacheControl = "public, max-age=600";
            return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
        });
    }
}
