using System.Globalization;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>Everything that is stored about a person, as a file: <c>GET /graphql/person.json?id=…</c> with the person's
/// id. Behind the same door as the API.</summary>
internal static class PersonDownload
{
    public static void MapPersonDownload(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/graphql/person.json", [HttpMethods.Get], AnswerAsync)
            .WithDisplayName("Everything about a person").RequirePermission(PersonExport.Permission);

    private static async Task AnswerAsync(HttpContext http)
    {
        if (await Limiting.RefusesExportAsync(http)) return;

        var services = http.RequestServices;
        var viewer = services.GetRequiredService<ViewerScope>().Viewer;
        if (PersonExport.Groups.FirstOrDefault(group => !viewer.ReachOf(group).IsDistrict) is { } missing)
        {
            await RefusedRequest.AnswerAsync(
                http, StatusCodes.Status403Forbidden, "AUTH_NOT_AUTHORIZED",
                $"You need the permission {missing} for the whole district: everything about a person is in it.");
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"person-{now:yyyy-MM-dd}.json\"");
        var (export, notes) = (
            services.GetRequiredService<PersonExport>(), services.GetRequiredService<AccessNotes>());
        notes.Via = "export";
        try
        {
            var district = services.GetRequiredService<ViewerScope>().District;
            if (PersonOf(http.Request.Query["id"].ToString()) is { } person
                && await export.WriteAsync(district, person, http.Response.Body, notes, http.RequestAborted)) return;

            await RefusedRequest.AnswerAsync(
                http, StatusCodes.Status400BadRequest, "GRAPHQL_ARGUMENT", "id is not the id of a person.");
        }
        catch (AuditException) when (!http.Response.HasStarted)
        {
            await AccessContext.NotWrittenAsync(http);
        }
    }

    private static Guid? PersonOf(string id)
    {
        try
        {
            return NodeId.Decode<Guid>("Person", id);
        }
        catch (GraphQLException)
        {
            return null; // No id, or that of something else: the caller is told so.
        }
    }
}
