using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>A request that is refused before there is anything to execute. The message is for the caller, the code for
/// the caller's program.</summary>
internal sealed class HttpRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The limit that was passed; null when it is something else.</summary>
    public PassedLimit? Passed { get; init; }

    public static HttpRefusal NotAcceptable => new(
        StatusCodes.Status406NotAcceptable,
        "HTTP_NOT_ACCEPTABLE",
        "Accept application/graphql-response+json, application/json or text/event-stream.");

    public static HttpRefusal MediaTypeOfBody => new(
        StatusCodes.Status415UnsupportedMediaType,
        "HTTP_UNSUPPORTED_MEDIA_TYPE",
        "Send application/json in UTF-8, without a content encoding.");

    public static HttpRefusal Method => new(
        StatusCodes.Status405MethodNotAllowed, "HTTP_METHOD_NOT_ALLOWED", "Use POST.");

    public static HttpRefusal GetNeedsId => new(
        StatusCodes.Status405MethodNotAllowed,
        "HTTP_METHOD_NOT_ALLOWED",
        "GET is for trusted documents, by their \"id\" alone; use POST.");

    public static HttpRefusal TooSlow(TimeSpan limit) => new(
        StatusCodes.Status408RequestTimeout,
        "HTTP_BODY_TOO_SLOW",
        $"The body did not arrive within {limit.TotalSeconds} seconds; send it again.")
    {
        Passed = new("bodySeconds", limit.TotalSeconds, limit.TotalSeconds),
    };

    public static HttpRefusal Busy => new(
        StatusCodes.Status503ServiceUnavailable, "HTTP_BUSY", "The server is busy; try again soon.");

    public static HttpRefusal Origin => new(
        StatusCodes.Status403Forbidden,
        "HTTP_ORIGIN_NOT_ALLOWED",
        "Pages of this origin may not open sockets here; the server's settings say which may.");

    public static HttpRefusal SchemaDenied => new(
        StatusCodes.Status403Forbidden, "GRAPHQL_INTROSPECTION_DENIED", "You are not allowed to see the schema.");

    public static HttpRefusal TooManyStreams(int most) => new(
        StatusCodes.Status429TooManyRequests,
        "HTTP_TOO_MANY_STREAMS",
        $"You have {most} event streams and sockets open, which is the most. Close one.")
    {
        Passed = new("streamsPerUser", most, most + 1),
    };

    /// <param name="maxBytes">How large it may be.</param>
    /// <param name="bytes">How large it is, as announced or as far as it was read.</param>
    public static HttpRefusal TooLarge(int maxBytes, long bytes) => new(
        StatusCodes.Status413PayloadTooLarge, "HTTP_BODY_TOO_LARGE", $"The body is larger than {maxBytes} bytes.")
    {
        Passed = new("bodyBytes", maxBytes, bytes),
    };

    public static HttpRefusal Preflight(string header) => new(
        StatusCodes.Status403Forbidden,
        "HTTP_PREFLIGHT_MISSING",
        $"Send the header {header}: 1. No page of another site can without asking this server first.");

    public static HttpRefusal NotJson(JsonException fault, int maxDepth) =>
        fault.Message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? new(StatusCodes.Status400BadRequest, "HTTP_NOT_JSON", $"The body nests deeper than {maxDepth} levels.")
            {
                Passed = new("jsonDepth", maxDepth, maxDepth + 1),
            }
            : new(StatusCodes.Status400BadRequest, "HTTP_NOT_JSON", "The body is not JSON in UTF-8.");

    /// <summary>What Kestrel found wrong with the body: too large for it, too slow, or cut off.</summary>
    public static HttpRefusal Of(BadHttpRequestException fault, GraphQLHttpOptions limits) => fault.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(limits.MaxBodyBytes, limits.MaxBodyBytes + 1L),
        StatusCodes.Status408RequestTimeout => TooSlow(limits.BodyTimeout),
        var status => new HttpRefusal(status, "HTTP_BAD_REQUEST", "The body cannot be read."),
    };
}

/// <summary>Arrived, but is no GraphQL request; the message is for the caller.</summary>
internal sealed class BadParametersException(string message, string code = "HTTP_BAD_PARAMETERS") : Exception(message)
{
    public string Code { get; } = code;
}
