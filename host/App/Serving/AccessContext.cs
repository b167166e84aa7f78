using System.Diagnostics;
using System.Text;
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

    private static readonly PathString api = "/graphql";
    private static readonly PathString provider = OneRosterProviderConnector.BasePath;

    private static readonly byte[] notAPurpose = Encoding.UTF8.GetBytes(
        """{"errors":[{"message":"K12-Purpose is one line of at most 200 characters.","""
        + """ "extensions":{"code":"AUDIT_PURPOSE_INVALID"}}]}""");

    public static void UseAccessContext(this WebApplication app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments(api) && !path.StartsWithSegments(provider)) return next(context);

        var purpose = context.Request.Headers[Purpose];
        if (purpose.Count > 0 && !IsPurpose(purpose.ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/json; charset=utf-8";
            return context.Response.Body.WriteAsync(notAPurpose).AsTask();
        }

        var notes = context.RequestServices.GetRequiredService<AccessNotes>();
        notes.Purpose = purpose.Count > 0 ? purpose.ToString() : null;
        notes.RequestId = () => Named(context);
        return next(context);
    });

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
