using System.Security.Cryptography;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>Answers the schema as SDL, to whoever may ask it by introspection.</summary>
internal sealed class SchemaEndpoint
{
    /// <summary>What in the query string asks for it.</summary>
    public const string Parameter = "sdl";

    private readonly RequestExecutor executor;
    private readonly byte[] text;
    private readonly string tag;

    public SchemaEndpoint(RequestExecutor executor)
    {
        this.executor = executor;
        text = Encoding.UTF8.GetBytes(SchemaPrinter.Print(executor.Schema));
        tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(text))}\"";
    }

    /// <exception cref="HttpRefusal">The caller may not know the schema.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        var asks = new GraphQLRequest { Document = default, Services = http.RequestServices, User = http.User };
        if (!await executor.MayIntrospectAsync(asks, http.RequestAborted).ConfigureAwait(false))
        {
            throw HttpRefusal.SchemaDenied;
        }

        var response = http.Response;
        response.Headers.ETag = tag;
        response.Headers.XContentTypeOptions = "nosniff";
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/graphql; charset=utf-8";
        response.ContentLength = text.Length;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await response.Body.WriteAsync(text, http.RequestAborted).ConfigureAwait(false);
    }
}
