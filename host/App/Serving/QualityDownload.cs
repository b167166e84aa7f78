using System.Globalization;
using System.Text;
using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>The data quality report as a file for a spreadsheet: <c>GET /graphql/data-quality.csv</c>, of one school
/// with <c>?school=</c> and its id. Behind the same door as the API.</summary>
internal static class QualityDownload
{
    private static readonly byte[] Denied = Encoding.UTF8.GetBytes(
        """
        {"errors":[{"message":"You may not read the data quality report.","extensions":{"code":"AUTH_NOT_AUTHORIZED"}}]}
        """);

    private static readonly byte[] NoSchool = Encoding.UTF8.GetBytes(
        """
        {"errors":[{"message":"school is not the id of a school.","extensions":{"code":"GRAPHQL_ARGUMENT"}}]}
        """);

    private static readonly byte[] NotWritten = JsonSerializer.SerializeToUtf8Bytes(new
    {
        errors = (object[])
        [
            new { message = AccessNotes.NotWritten.Message, extensions = new { code = AccessNotes.NotWritten.Code } },
        ],
    });

    public static void MapQualityDownload(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/graphql/data-quality.csv", [HttpMethods.Get], AnswerAsync)
            .WithDisplayName("Data quality report").RequirePermission(RosterQuality.Permission);

    private static async Task AnswerAsync(HttpContext http)
    {
        var viewer = http.RequestServices.GetRequiredService<ViewerScope>().Viewer;
        if (!viewer.May(RosterQuality.Permission) || viewer.District is not { } district)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, Denied);
            return;
        }

        if (!TryReadSchool(http.Request.Query["school"], out var school))
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, NoSchool);
            return;
        }

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"data-quality-{now:yyyy-MM-dd}.csv\"");
        var quality = http.RequestServices.GetRequiredService<RosterQuality>();
        var notes = http.RequestServices.GetRequiredService<AccessNotes>();
        notes.Via = "export";
        try
        {
            await quality.WriteCsvAsync(district, school, http.Response.Body, notes, http.RequestAborted);
        }
        catch (AuditException) when (!http.Response.HasStarted)
        {
            http.Response.Headers.ContentDisposition = default;
            http.Response.Headers.RetryAfter = "2";
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, NotWritten);
        }
    }

    private static bool TryReadSchool(string? id, out Guid? school)
    {
        school = null;
        if (string.IsNullOrEmpty(id)) return true;

        try
        {
            school = NodeId.Decode<Guid>("School", id);
            return true;
        }
        catch (GraphQLException)
        {
            return false; // No id, or that of something else: the caller is told so.
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.Body.WriteAsync(body).AsTask();
    }
}
