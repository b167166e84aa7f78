using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
            services.AddOptions<GraphQLHttpOptions>().ValidateDataAnnotations();
            services.TryAddSingleton<LoggingErrorFilter>();
            services.TryAddSingleton<IRequestExecutor>(Build);
            services.TryAddSingleton(provider => new GraphQLEndpoint(
                provider.GetRequiredService<IRequestExecutor>(),
                provider.GetRequiredService<IOptions<GraphQLHttpOptions>>().Value));
        }

        configure?.Invoke(builder);
        return builder;
    }

    /// <summary>Answers GraphQL at a path. Builds the schema now: a wrong one stops the start.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder routes, string path = "/graphql")
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        return routes.Map(path, endpoint.HandleAsync).WithDisplayName("GraphQL");
    }

    private static RequestExecutor Build(IServiceProvider services)
    {
        var builder = services.GetRequiredService<RequestExecutorBuilder>();
        builder.ModifyOptions(options => options.ErrorFilter ??= services.GetRequiredService<LoggingErrorFilter>());
        return builder.Build();
    }
}
