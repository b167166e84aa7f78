using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>Reads the parameters of a request from the query string of a GET; an empty parameter is a missing
/// one.</summary>
internal static class QueryStringParameters
{
    /// <exception cref="BadParametersException">It is no GraphQL request.</exception>
    public static RequestParameters Read(IQueryCollection query, int maxDepth)
    {
        var documentId = Text(query, "id") ?? Text(query, "documentId");
        return new RequestParameters(
            Text(query, "query") is { } document ? Encoding.UTF8.GetBytes(document) : default,
            documentId,
            Text(query, "operationName"),
            Object(query, "variables", maxDepth),
            Object(query, "extensions", maxDepth)).WithHashOfExtensions();
    }

    private static string? Text(IQueryCollection query, string name)
    {
        var values = query[name];
        if (values.Count > 1) throw new BadParametersException($"Parameter \"{name}\" is there twice.");
        return string.IsNullOrEmpty(values) ? null : values.ToString();
    }

    private static ReadOnlyMemory<byte> Object(IQueryCollection query, string name, int maxDepth)
    {
        if (Text(query, name) is not { } text) return default;

        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            return JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth }).ValueKind switch
            {
                JsonValueKind.Object => json,
                JsonValueKind.Null => default(ReadOnlyMemory<byte>),
                _ => throw NotAnObject(name),
            };
        }
        catch (JsonException)
        {
            throw NotAnObject(name);
        }
    }

    private static BadParametersException NotAnObject(string name) =>
        new($"Parameter \"{name}\" must be a JSON object or null.");
}
