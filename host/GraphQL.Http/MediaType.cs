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
        if (accept.All(string.IsNullOrWhiteSpace)) return MediaType.Json;
        if (accept is [GraphQLResponse]) return MediaType.GraphQLResponse;

        var ranges = new RequestHeaders(request.Headers).Accept;
        var (response, json) = (Quality(ranges, GraphQLResponse), Quality(ranges, Json));
        // The most exact range decides: application/json;q=0, */* is anything but application/json.
        var others = Quality(ranges, "application/*") ?? Quality(ranges, "*/*");
        // Of types that are wanted alike the first; by no name comes what everybody reads, and never a stream.
        (MediaType Type, double? Quality)[] offered =
        [
            (MediaType.GraphQLResponse, response), (MediaType.Json, json ?? others),
            (MediaType.GraphQLResponse, response ?? others), (MediaType.EventStream, Quality(ranges, EventStream)),
        ];
        var best = offered.MaxBy(offer => offer.Quality ?? 0); // The first of several.
        return best.Quality > 0 ? best.Type : MediaType.None;
    }

    /// <summary>True when the caller takes an event stream, liked best or not.</summary>
    public static bool AcceptsEventStream(HttpRequest request) =>
        new RequestHeaders(request.Headers).Accept.Any(range => Is(range, EventStream) && range.Quality is not 0);

    /// <summary>How much the caller wants a range that is named in so many words; null when it is not.</summary>
    private static double? Quality(IList<MediaTypeHeaderValue> ranges, string range) =>
        ranges.Where(each => Is(each, range)).Max(each => (double?)(each.Quality ?? 1));

    private static bool Is(MediaTypeHeaderValue range, string type) =>
        range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
