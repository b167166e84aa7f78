using System.Globalization;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>How often one may ask, over all nodes: whoever signed in by account or token, everybody else by
/// address.</summary>
internal static class Limiting
{
    private static readonly PathString Provider = "/ims/oneroster";

    /// <summary>Counts a request outside the API, where nobody has said yet who they are.</summary>
    /// <returns>Whether it was answered: there were too many.</returns>
    public static ValueTask<bool> RefusesPageAsync(HttpContext context)
    {
        // Whoever watches the program asks as often as needed, and clients of the provider have limits of their own.
        var path = context.Request.Path;
        if (path.StartsWithSegments(Health.Path) || path.StartsWithSegments(Provider)) return new(false);

        return RefusesAsync(context, Door.District.Value, Settings(context).Pages, Address(context));
    }

    /// <summary>Counts a request of whoever signed in.</summary>
    /// <returns>Whether it was answered: there were too many.</returns>
    public static ValueTask<bool> RefusesRequestAsync(HttpContext context, Viewer viewer) =>
        RefusesAsync(context, viewer.District!.Value.Value, Settings(context).Requests, viewer.Id!);

    /// <summary>Counts a file that whoever signed in takes away.</summary>
    /// <returns>Whether it was answered: there were too many.</returns>
    public static ValueTask<bool> RefusesExportAsync(HttpContext context)
    {
        var viewer = context.RequestServices.GetRequiredService<ViewerScope>().Viewer;
        return RefusesAsync(context, viewer.District!.Value.Value, Settings(context).Exports, viewer.Id!);
    }

    /// <summary>Counts a wrong token. Whoever has a right one at the same address, as all of a school may have, is not
    /// kept out.</summary>
    /// <returns>Whether it was answered: there were too many.</returns>
    public static ValueTask<bool> RefusesTokenAsync(HttpContext context) =>
        RefusesAsync(context, Door.District.Value, Settings(context).WrongTokens, Address(context));

    private static async ValueTask<bool> RefusesAsync(HttpContext context, short district, Limit limit, string who)
    {
        var limits = context.RequestServices.GetRequiredService<SharedLimits>();
        if (await limits.TakeAsync(district, limit, who, context.RequestAborted) is not { } wait) return false;

        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await RefusedRequest.AnswerAsync(
            context, StatusCodes.Status429TooManyRequests, "RATE_LIMITED",
            "You ask too often. Retry-After says in how many seconds to come back.");
        return true;
    }

    private static string Address(HttpContext context) => SharedLimits.Of(context.Connection.RemoteIpAddress);

    private static LimitsSettings Settings(HttpContext context) =>
        context.RequestServices.GetRequiredService<LimitsSettings>();
}
