using System.Text.Json;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>What is answered instead of a file, in the words of the API.</summary>
internal static class DownloadRefusal
{
    /// <summary>Answers why there is no file; nothing of it may have been sent.</summary>
    /// <param name="http">What was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="message">What is wrong, in a sentence.</param>
    public static Task AnswerAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.Headers.ContentDisposition = default;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = new { errors = (object[])[new { message, extensions = new { code } }] };
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body)).AsTask();
    }

    /// <summary>Answers that it could not be written down who reads, and so there is nothing to read.</summary>
    /// <param name="http">What was asked.</param>
    public static Task NotWrittenAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return AnswerAsync(
            http, StatusCodes.Status503ServiceUnavailable, AccessNotes.NotWritten.Code,
            AccessNotes.NotWritten.Message);
    }
}
