using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>What every request passes: the opening hours, and at the API the question who asks.</summary>
internal static class Door
{
    /// <summary>The district of an installation that serves one.</summary>
    public static readonly DistrictId District = new(1);

    private const string Bearer = "Bearer ";
    private static readonly PathString Api = "/graphql";

    public static void UseDoor(this WebApplication app)
    {
        var health = app.Services.GetRequiredService<Health>();
        var token = app.Services.GetService<DevelopmentToken>();
        var permissions = app.Services.GetRequiredService<PermissionCatalog>();
        var developer = Viewer.Principal("development-token", District, permissions.All.Keys);
        var viewer = Viewer.Of(developer);

        app.Use(async (context, next) =>
        {
            if (!health.IsOpen && !context.Request.Path.StartsWithSegments(Health.Path))
            {
                context.Response.Headers.RetryAfter = "1";
                await RefusedRequest.AnswerAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "NOT_READY",
                    "K12Hub is starting or stopping. Try again in a moment.");
                return;
            }

            if (!context.Request.Path.StartsWithSegments(Api))
            {
                if (!await Limiting.RefusesPageAsync(context)) await next(context);
                return;
            }

            var isDeveloper = HasToken(context.Request, token);
            if ((isDeveloper ? viewer : await FindCallerAsync(context)) is not { } caller)
            {
                await RefuseAsync(context);
                return;
            }

            if (!isDeveloper && await Limiting.RefusesRequestAsync(context, caller)) return;

            context.User = isDeveloper ? developer : caller.ToPrincipal();
            context.RequestServices.GetRequiredService<ViewerScope>().Viewer = caller;
            if (isDeveloper || !LastingConnections.IsLasting(context)) await next(context);
            else await LastingConnections.ServeAsync(context, caller, next);
        });
    }

    // Asked for here and not before: there is no database yet when the door is made.
    private static ValueTask<Viewer?> FindCallerAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<Callers>().FindAsync(context);

    private static async Task RefuseAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0 && await Limiting.RefusesTokenAsync(context)) return;

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await RefusedRequest.AnswerAsync(
            context, StatusCodes.Status401Unauthorized, "AUTH_NOT_AUTHENTICATED",
            "Sign in at /sign-in, or send a token: Authorization: Bearer <token>.");
    }

    private static bool HasToken(HttpRequest request, DevelopmentToken? token) =>
        token is not null && request.Headers.Authorization is [{ } header]
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && token.Is(header.AsSpan(Bearer.Length).Trim());
}
