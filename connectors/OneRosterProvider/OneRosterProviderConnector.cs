using K12Hub.Hosting;
using K12Hub.OneRosterProvider.Access;
using K12Hub.OneRosterProvider.Answering;
using K12Hub.OneRosterProvider.Asking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace K12Hub.OneRosterProvider;

/// <summary>Plugs the connector in.</summary>
public static class OneRosterProviderConnector
{
    /// <summary>Where the roster is read.</summary>
    public const string BasePath = "/ims/oneroster/rostering/v1p2";

    /// <summary>Where tokens are given out.</summary>
    public const string TokenPath = "/ims/oneroster/token";

    /// <summary>Reads the settings of section <c>OneRoster:Provider</c>.</summary>
    public static HubBuilder AddOneRosterProvider(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.TryAddSingleton(TimeProvider.System);
        hub.Services.AddSingleton<Clients>().AddSingleton<AccessTokens>().AddSingleton<RateLimits>()
            .AddSingleton<Walks>().AddSingleton<TokenDesk>().AddSingleton<ProviderDesk>();
        return hub
            .Settings<ProviderSettings>("OneRoster:Provider")
            .Permission(ProviderPermissions.Core, "Read the roster over OneRoster, without demographics.")
            .Permission(ProviderPermissions.Nested, "Read over OneRoster what belongs to a school, class or person.")
            .Permission(ProviderPermissions.Demographics, "Read demographics over OneRoster.");
    }

    /// <summary>Answers at its paths, where the settings name a client; else there are none.</summary>
    /// <returns>Whether it answers.</returns>
    public static bool MapOneRosterProvider(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        if (!routes.ServiceProvider.GetRequiredService<Clients>().Any) return false;

        // Taken at the first request: the database may still be starting.
        routes = routes.MapGroup("").OpenToAll("A client shows its secret, or its token with scopes; both desks ask.");
        routes.MapPost(TokenPath, (RequestDelegate)(context =>
            context.RequestServices.GetRequiredService<TokenDesk>().AnswerAsync(context)));
        routes.Map(BasePath + "/{**path}", (RequestDelegate)(context =>
            context.RequestServices.GetRequiredService<ProviderDesk>().AnswerAsync(context)));
        return true;
    }
}
