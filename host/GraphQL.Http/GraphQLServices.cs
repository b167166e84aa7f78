using System.ComponentModel.DataAnnotations;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http.Explorer;
using K12Hub.GraphQL.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace K12Hub.GraphQL.Http;

/// <summary>Adds GraphQL to an ASP.NET Core application.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the executor. Every call continues the same schema, so that each module can add its own
    /// types.</summary>
    public static IRequestExecutorBuilder AddGraphQL(
        this IServiceCollection services, Action<IRequestExecutorBuilder>? configure = null)
    {
        var builder = services
            .Select(service => service.ImplementationInstance)
            .OfType<RequestExecutorBuilder>()
            .FirstOrDefault();
        if (builder is null)
        {
            builder = new RequestExecutorBuilder();
            services.AddSingleton(builder);
            services.AddOptions<GraphQLHttpOptions>().ValidateDataAnnotations().Validate(
                options => Validator.TryValidateObject(options.Upload, new(options.Upload), null, true),
                "A value of GraphQLHttpOptions.Upload is out of its range.");
            services.TryAddSingleton(provider => new ResultFaults(
                provider.GetService<TimeProvider>() ?? TimeProvider.System));
            services.TryAddSingleton<LoggingErrorFilter>();
            services.TryAddSingleton(_ => new Topics(builder.Options.MaxEventsBehind));
            services.TryAddSingleton<ITopicEventSender>(provider => provider.GetRequiredService<Topics>());
            services.TryAddSingleton<ITopicEventReceiver>(provider => provider.GetRequiredService<Topics>());
            services.TryAddSingleton<IRequestExecutor>(Build);
            services.TryAddSingleton<StreamTransports>();
            services.TryAddSingleton(provider => new GraphQLEndpoint(
                provider.GetRequiredService<IRequestExecutor>(),
                provider.GetRequiredService<IOptions<GraphQLHttpOptions>>().Value,
                provider.GetRequiredService<StreamTransports>()));
        }

        configure?.Invoke(builder);
        return builder;
    }

    /// <summary>Answers GraphQL at a path. Builds the schema now: a wrong one stops the start.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder routes, string path = "/graphql")
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        var sockets = routes.CreateApplicationBuilder();
        sockets.UseWebSockets();
        sockets.Run(endpoint.HandleAsync);
        var upgraded = sockets.Build();
        return routes.Map(path, http => AsksForSocket(http.Request) ? upgraded(http) : endpoint.HandleAsync(http))
            .WithDisplayName("GraphQL");
    }

    // Over HTTP/1.1 by upgrading the connection, over HTTP/2 by extended CONNECT.
    private static bool AsksForSocket(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    /// <summary>Answers each trusted document at an address of its own:
    /// <c>/graphql/persisted/{id}/{operationName?}</c>.</summary>
    public static IEndpointConventionBuilder MapGraphQLPersistedOperations(
        this IEndpointRouteBuilder routes, string path = "/graphql/persisted")
    {
        ArgumentNullException.ThrowIfNull(path);
        var endpoint = routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        return routes.Map($"{path.TrimEnd('/')}/{PersistedAddress.Route}", endpoint.HandlePersistedAsync)
            .WithDisplayName("GraphQL, trusted documents");
    }

    /// <summary>Answers the schema as SDL, to those who may ask it by introspection. <see cref="MapGraphQL"/> answers
    /// it, too, to <c>GET ?sdl</c>.</summary>
    public static IEndpointConventionBuilder MapGraphQLSchema(
        this IEndpointRouteBuilder routes, string path = "/graphql/schema.graphql")
    {
        ArgumentNullException.ThrowIfNull(path);
        var endpoint = routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        return routes.MapMethods(path, methods, endpoint.HandleSchemaAsync).WithDisplayName("GraphQL, schema");
    }

    /// <summary>Serves a page to write queries in, for developers; nothing where
    /// <see cref="GraphQLHttpOptions.EnableExplorer"/> is off, which it is in production.</summary>
    /// <param name="routes">Where it is added.</param>
    /// <param name="path">The page's address.</param>
    /// <param name="endpoint">Where the page sends queries.</param>
    public static void MapGraphQLExplorer(
        this IEndpointRouteBuilder routes, string path = "/explorer", string endpoint = "/graphql")
    {
        ArgumentNullException.ThrowIfNull(path);
        var options = routes.ServiceProvider.GetRequiredService<IOptions<GraphQLHttpOptions>>().Value;
        var isOn = options.EnableExplorer
            ?? routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (!isOn) return;

        var address = path.TrimEnd('/');
        var explorer = new ExplorerEndpoint(new ExplorerFiles(address, endpoint));
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods(address, methods, explorer.PageAsync).WithDisplayName("GraphQL explorer");
        routes.MapMethods($"{address}/{{file}}", methods, explorer.AssetAsync).WithDisplayName("GraphQL explorer");
    }

    private static RequestExecutor Build(IServiceProvider services)
    {
        var builder = services.GetRequiredService<RequestExecutorBuilder>();
        builder.ModifyOptions(options => options.ErrorFilter ??= services.GetRequiredService<LoggingErrorFilter>());
        return builder.Build();
    }
}
