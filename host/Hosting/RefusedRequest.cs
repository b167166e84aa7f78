using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.Hosting;

/// <summary>What is answered instead of what was asked for, wherever no GraphQL answers: in the same shape, so that a
/// program reads one kind of errors.</summary>
public static class RefusedRequest
{
    // People read it too, and no browser takes it for a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers why not; nothing of another answer may have been sent.</summary>
    /// <param name="http">What was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Stable code, for programs.</param>
    /// <param name="message">What is wrong and what to do, in a sentence.</param>
    public static async Task AnswerAsync(HttpContext http, int status, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.ContentDisposition = default;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { errors = (object[])[new { message, extensions = new { code } }] }, Readable);
        await http.Response.Body.WriteAsync(body).ConfigureAwait(false);
    }
}
