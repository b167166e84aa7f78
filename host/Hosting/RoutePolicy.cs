using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting;

/// <summary>Who may use a route: whoever has a permission, or all, and then why.</summary>
public sealed record RoutePolicy
{
    private RoutePolicy()
    {
    }

    /// <summary>The permission; null where it is open to all.</summary>
    public string? Permission { get; private init; }

    /// <summary>Why it is open to all; null where it is not.</summary>
    public string? OpenBecause { get; private init; }

    /// <summary>For whoever has a permission, however far.</summary>
    /// <param name="permission">The name of a declared permission.</param>
    public static RoutePolicy For(string permission)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(permission);
        return new() { Permission = permission };
    }

    /// <summary>For all.</summary>
    /// <param name="because">Why, in a sentence.</param>
    public static RoutePolicy ForAll(string because)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        return new() { OpenBecause = because };
    }
}

/// <summary>Every route says who may use it. One that does not stops the start, and is refused besides.</summary>
public static class RoutePolicies
{
    /// <summary>Only whoever has a permission may use the routes.</summary>
    /// <typeparam name="TBuilder">What they were mapped with.</typeparam>
    /// <param name="routes">The routes.</param>
    /// <param name="permission">The name of a declared permission.</param>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder routes, string permission)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(RoutePolicy.For(permission));

    /// <summary>All may use the routes.</summary>
    /// <typeparam name="TBuilder">What they were mapped with.</typeparam>
    /// <param name="routes">The routes.</param>
    /// <param name="because">Why, in a sentence.</param>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder routes, string because)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(RoutePolicy.ForAll(because));

    /// <summary>Asks for the permission of a route before it answers; between routing and routes.</summary>
    public static void UseRoutePolicies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // What is no route is the answer of routing itself: not by this method.
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);

        var viewer = context.RequestServices.GetRequiredService<ViewerScope>().Viewer;
        var policy = endpoint.Metadata.GetMetadata<RoutePolicy>();
        if (policy is { OpenBecause: not null } || (policy?.Permission is { } needed && viewer.May(needed)))
        {
            return next(context);
        }

        return viewer.District is null
            ? RefusedRequest.AnswerAsync(
                context, StatusCodes.Status401Unauthorized, "AUTH_NOT_AUTHENTICATED", "Sign in first.")
            : RefuseAsync(context, endpoint, policy);
    });

    /// <summary>Stops the start where a route says nothing, or names a permission that nobody declared.</summary>
    /// <param name="routes">All that was mapped.</param>
    /// <param name="permissions">The permissions there are.</param>
    /// <exception cref="InvalidOperationException">The message names the routes.</exception>
    public static void Check(IEndpointRouteBuilder routes, PermissionCatalog permissions)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(permissions);
        var complaints = routes.DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => Complaint(endpoint, permissions)).OfType<string>().ToList();
        if (complaints.Count > 0) throw new InvalidOperationException(string.Join(" ", complaints));
    }

    private static async Task RefuseAsync(HttpContext context, Endpoint endpoint, RoutePolicy? policy)
    {
        // Without a store there is no trail.
        if (context.RequestServices.GetService<AccessNotes>() is { } notes)
        {
            notes.Via = "http";
            await notes.DeniedAsync([NameOf(endpoint)], context.RequestAborted).ConfigureAwait(false);
        }

        await RefusedRequest.AnswerAsync(
            context, StatusCodes.Status403Forbidden, "AUTH_NOT_AUTHORIZED",
            policy?.Permission is { } missing
                ? $"You need the permission {missing}. Whoever gives roles can give it to you."
                : "Nobody may use this address.").ConfigureAwait(false);
    }

    // Its pattern, which holds nothing of a request.
    private static string NameOf(Endpoint endpoint) =>
        (endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } ? pattern : endpoint.DisplayName) ?? "";

    private static string? Complaint(Endpoint endpoint, PermissionCatalog permissions)
    {
        var name = NameOf(endpoint);
        return endpoint.Metadata.GetMetadata<RoutePolicy>() switch
        {
            null => $"The route {name} does not say who may use it: RequirePermission(…), or OpenToAll(because).",
            { Permission: { } permission } when !permissions.All.ContainsKey(permission) =>
                $"The route {name} asks for {permission}, which no module declared.",
            _ => null,
        };
    }
}
