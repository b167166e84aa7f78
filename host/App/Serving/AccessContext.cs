using System.Diagnostics;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.OneRosterProvider;

namespace K12Hub.App;

/// <summary>Tells records of access in which request they belong, and why somebody asks: header
/// <c>K12-Purpose</c>.</summary>
internal static class AccessContext
{
    public const string Purpose = "K12-Purpose";
    public const string RequestId = "K12-Request-Id";

    private static readonly PathString Api = "/graphql";
    private static readonly PathString Provider = OneRosterProviderConnector.BasePath;

    public static void UseAccessContext(this WebApplication app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments(Api) && !path.StartsWithSegments(Provider)) return next(context);

        var purpose = context.Request.Headers[Purpose];
        if (purpose.Count > 0 && !IsPurpose(purpose.ToString()))
        {
            return RefusedRequest.AnswerAsync(
                context, StatusCodes.Status400BadRequest, "AUDIT_PURPOSE_INVALID",
                $"{Purpose} is one line of at most {AuditEntry.LongestPurpose} characters.");
        }

        var notes = context.RequestServices.GetRequiredService<AccessNotes>();
        notes.Purpose = purpose.Count > 0 ? purpose.ToString() : null;
        notes.RequestId = () => Named(context);
        notes.Address = () => context.Connection.RemoteIpAddress?.ToString();
        return next(context);
    });

    /// <summary>Answers that it could not be written down who reads, and so there is nothing to read.</summary>
    public static Task NotWrittenAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return RefusedRequest.AnswerAsync(
            context, StatusCodes.Status503ServiceUnavailable, AccessNotes.NotWritten.Code,
            AccessNotes.NotWritten.Message);
    }

    private static bool IsPurpose(string purpose) => purpose.Length <= AuditEntry.LongestPurpose
        && !string.IsNullOrWhiteSpace(purpose) && !purpose.Any(char.IsControl);

    /// <summary>The request's id; who asked is told it, to find the record again.</summary>
    private static string Named(HttpContext context)
    {
        var id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        if (!context.Response.HasStarted) context.Response.Headers[RequestId] = id;
        return id;
    }
}
