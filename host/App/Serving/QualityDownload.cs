using System.Globalization;
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
    public static void MapQualityDownload(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/graphql/data-quality.csv", [HttpMethods.Get], AnswerAsync)
            .WithDisplayName("Data quality report").RequirePermission(RosterQuality.Permission);

    private static async Task AnswerAsync(HttpContext http)
    {
        if (await Limiting.RefusesExportAsync(http)) return;

        var district = http.RequestServices.GetRequiredService<ViewerScope>().District;
        if (!TryReadSchool(http.Request.Query["school"], out var school))
        {
            await RefusedRequest.AnswerAsync(
                http, StatusCodes.Status400BadRequest, "GRAPHQL_ARGUMENT", "school is not the id of a school.");
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
            await AccessContext.NotWrittenAsync(http);
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
}
