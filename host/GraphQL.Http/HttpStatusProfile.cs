using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The two texts of GraphQL over HTTP that disagree about status codes. Never mixed.</summary>
public enum HttpStatusProfile
{
    /// <summary>What clients and the audit suite of npm <c>graphql-http</c> 1 expect: 400 for every request error, but
    /// 200 under <c>application/json</c>; 200 for partial success.</summary>
    Watershed2025,

    /// <summary>The draft of 2026: 422 for documents that do not validate, 294 for partial success, the same codes
    /// under both media types.</summary>
    Draft2026,
}

/// <summary>From what came of a request to the status of its response.</summary>
internal static class HttpStatus
{
    public static int Of(ExecutionResult result, HttpStatusProfile profile, MediaType accepted) => result.Failure switch
    {
        RequestErrorKind.NotAllowed => StatusCodes.Status405MethodNotAllowed,
        RequestErrorKind.StreamRequired => StatusCodes.Status406NotAcceptable,
        RequestErrorKind.Canceled => StatusCodes.Status408RequestTimeout,
        RequestErrorKind.TooLarge or RequestErrorKind.Internal => StatusCodes.Status500InternalServerError,
        RequestErrorKind.Withheld => StatusCodes.Status503ServiceUnavailable,
        null => profile is HttpStatusProfile.Draft2026 && result.Errors.Count > 0 ? 294 : StatusCodes.Status200OK,
        _ when profile is HttpStatusProfile.Watershed2025 && accepted is MediaType.Json => StatusCodes.Status200OK,
        RequestErrorKind.UnknownDocument => StatusCodes.Status404NotFound,
        RequestErrorKind.Syntax => StatusCodes.Status400BadRequest,
        _ => Unprocessable(profile),
    };

    /// <summary>JSON that is well-formed but not a GraphQL request.</summary>
    public static int Unprocessable(HttpStatusProfile profile) => profile is HttpStatusProfile.Draft2026
        ? StatusCodes.Status422UnprocessableEntity
        : StatusCodes.Status400BadRequest;
}
