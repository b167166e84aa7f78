using System.Text.Json;
using K12Hub.OneRosterProvider.Access;
using Microsoft.AspNetCore.Http;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>Why a request is not answered, in the standard's words.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Code">The standard's word.</param>
/// <param name="Description">What is wrong and what to do; it repeats no value that was sent.</param>
internal sealed record ImsxStatus(int Status, string Code, string Description)
{
    public static readonly ImsxStatus NotKnown = new(
        StatusCodes.Status401Unauthorized, "unauthorisedrequest",
        "Send a token of this server that has not ended: Authorization: Bearer <token>.");

    public static readonly ImsxStatus NotAllowed = new(
        StatusCodes.Status403Forbidden, "forbidden", "The scopes of the token do not reach this far.");

    public static readonly ImsxStatus NotThere = new(
        StatusCodes.Status404NotFound, "unknownobject", "There is no such object.");

    public static readonly ImsxStatus NotGet = new(
        StatusCodes.Status405MethodNotAllowed, "forbidden", "Rosters can be read only: GET.");

    public static readonly ImsxStatus NotRecorded = new(
        StatusCodes.Status503ServiceUnavailable, "server_busy",
        "What is handed on is written down first, and that failed. Try again in a moment.")
    {
        Pause = TimeSpan.FromSeconds(2),
    };

    /// <summary>After how long to come back; null when it would not help.</summary>
    public TimeSpan? Pause { get; private init; }

    public static ImsxStatus InvalidFilter(string description) =>
        new(StatusCodes.Status400BadRequest, "invalid_filter_field", description);

    public static ImsxStatus InvalidSelection(string description) =>
        new(StatusCodes.Status400BadRequest, "invalid_selection_field", description);

    public static ImsxStatus InvalidData(string description) =>
        new(StatusCodes.Status422UnprocessableEntity, "invaliddata", description);

    public static ImsxStatus Busy(TimeSpan pause) =>
        new(StatusCodes.Status429TooManyRequests, "server_busy", "Too many requests; come back later.")
        {
            Pause = pause,
        };

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        if (this == NotKnown) context.Response.Headers.WWWAuthenticate = "Bearer";
        if (this == NotGet) context.Response.Headers.Allow = HttpMethods.Get;
        if (Pause is { } pause) context.Response.Headers.RetryAfter = TokenDesk.Seconds(pause);

        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("imsx_codeMajor", "failure");
        json.WriteString("imsx_severity", "error");
        json.WriteString("imsx_description", Description);
        json.WriteStartObject("imsx_CodeMinor");
        json.WriteStartArray("imsx_codeMinorField");
        json.WriteStartObject();
        json.WriteString("imsx_codeMinorFieldName", "TargetEndSystem");
        json.WriteString("imsx_codeMinorFieldValue", Code);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
