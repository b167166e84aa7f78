using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace K12Hub.GraphQL.Http;

/// <summary>The media types a response can have.</summary>
internal enum MediaType
{
    /// <summary>None that the caller accepts.</summary>
    None,

    /// <summary><c>text/event-stream</c>, for answers of many results.</summary>
    EventStream,

    /// <summary><c>application/json</c>, for callers from before 2022 and those who do not care.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>.</summary>
    GraphQLResponse,
}

/// <summary>Chooses the response's media type from the Accept header.</summary>
internal static class Negotiation
{
    private const string GraphQLResponse = "application/graphql-response+json";
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    public static string ContentType(MediaType type) =>
        type is MediaType.GraphQLResponse ? $"{GraphQLResponse}; charset=utf-8" : $"{Json}; charset=utf-8";

    public static MediaType Choose(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0) return MediaType.Json;
        if (accept is [GraphQLResponse]) return MediaType.GraphQLResponse;

        var (best, bestQuality) = (MediaType.None, 0.0);
        foreach (var range in new RequestHeaders(request.Headers).Accept)
        {
            var (type, quality) = (TypeOf(range), range.Quality ?? 1.0);
            if (type is MediaType.None || quality <= 0) continue;
            if (quality < bestQuality || (quality == bestQuality && type <= best)) continue;
            (best, bestQuality) = (type, quality);
        }

        return best;
    }

    /// <summary>True when the caller takes an event stream, liked best or not.</summary>
    public static bool AcceptsEventStream(HttpRequest request) =>
        new RequestHeaders(request.Headers).Accept.Any(range => Is(range, EventStream) && range.Quality is not 0);

    private static MediaType TypeOf(MediaTypeHeaderValue range)
    {
        if (Is(range, GraphQLResponse)) return MediaType.GraphQLResponse;
        if (Is(range, EventStream)) return MediaType.EventStream;
        return range.MatchesAllTypes || Is(range, "application/*") || Is(range, Json) ? MediaType.Json : MediaType.None;
    }

    private static bool Is(MediaTypeHeaderValue range, string type) =>
        range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
