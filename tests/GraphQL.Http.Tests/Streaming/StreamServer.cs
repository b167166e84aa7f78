using System.Security.Claims;
using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

/// <summary>A schema with subscriptions behind a real server on a free port of this machine. The header <c>X-User</c>
/// says who asks, as a sign-in would.</summary>
internal sealed class StreamServer : IAsyncDisposable, IFieldAuthorization
{
    private readonly WebApplication app;

    private StreamServer(Action<GraphQLHttpOptions>? configure, IConnectionGuard? guard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IFieldAuthorization>(this);
        if (guard is not null) builder.Services.AddSingleton(guard);
        builder.Services.AddScoped<Asker>();
        builder.Services.AddGraphQL(graphql => graphql.ConfigureSchema(AddTo));
        builder.Services.Configure<GraphQLHttpOptions>(options =>
        {
            options.Streams.ScopeStarted = (services, user) =>
                services.GetRequiredService<Asker>().Name = user.Identity?.Name ?? "nobody";
            configure?.Invoke(options);
        });
        app = builder.Build();
        app.Use(SignIn);
        app.MapGraphQL();
    }

    public HttpClient Client { get; } = new();

    public Topics Topics => app.Services.GetRequiredService<Topics>();

    /// <summary>The policy everybody is refused from now on.</summary>
    public string? Revoked { get; set; }

    public Uri Endpoint => new(Client.BaseAddress!, "/graphql");

    public Uri Socket => new UriBuilder(Endpoint) { Scheme = "ws" }.Uri;

    public static async Task<StreamServer> Start(
        Action<GraphQLHttpOptions>? configure = null, IConnectionGuard? guard = null)
    {
        var server = new StreamServer(configure, guard);
        await server.app.StartAsync();
        server.Client.BaseAddress = new Uri(server.app.Urls.First());
        return server;
    }

    /// <summary>Rings a bell for whoever listens.</summary>
    public ValueTask Ring(string bell, string tune) => Topics.SendAsync(bell, tune);

    /// <summary>Waits until so many bells are listened to.</summary>
    public Task Listened(int bells) => Eventually(() => Topics.Count == bells);

    public static Task Eventually(Func<bool> condition) => Eventually(() => Task.FromResult(condition()));

    public static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition()) await Task.Delay(5, patience.Token);
    }

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    ValueTask<bool> IFieldAuthorization.AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken) =>
        new(policy != Revoked);

    private static Task SignIn(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers["X-User"] is [{ } name])
        {
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
        }

        return next(http);
    }

    private static void AddTo(SchemaBuilder schema) => schema
        .ExtendObject(
            "Query",
            new FieldDefinition("hello", "String") { Resolver = new PureResolver(_ => "world") },
            new FieldDefinition("asker", "String")
            {
                Resolver = new SyncResolver(context => context.Service<Asker>().Name),
            },
            new FieldDefinition("never", "String")
            {
                Resolver = new AsyncResolver(async context =>
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    return "";
                }),
            })
        .ExtendObject(
            "Mutation", new FieldDefinition("touch", "String") { Resolver = new PureResolver(_ => "touched") })
        .AddType(new ScalarType("Any"))
        .ExtendObject(
            "Subscription",
            Events("count", "Int", context => Count(context.Argument<int>("to")), ("to", "Int!")),
            Events("flood", "String", _ => Flood()),
            Events("torn", "String", _ => throw new GraphQLException("rope torn", "TORN")),
            Events("json", "Any", _ => Json()),
            new FieldDefinition("asker", "String")
            {
                Subscribe = _ => new(SourceStreams.From(Count(1))),
                Resolver = new SyncResolver(context => context.Service<Asker>().Name),
            },
            new FieldDefinition("bell", "String")
            {
                Policy = "listen",
                Arguments = [new InputValueDefinition("name", "String!")],
                Subscribe = async context => await context.Service<ITopicEventReceiver>()
                    .SubscribeAsync<string>(context.Argument<string>("name")!, context.RequestAborted),
                Resolver = new PureResolver(tune => tune),
            });

    private static FieldDefinition Events(
        string name, string type, Func<ResolverContext, IAsyncEnumerable<object>> events,
        params (string Name, string Type)[] arguments) => new(name, type)
        {
            Arguments = [.. arguments.Select(argument => new InputValueDefinition(argument.Name, argument.Type))],
            Subscribe = context => new(SourceStreams.From(events(context))),
            Resolver = new PureResolver(one => one),
        };

    private static async IAsyncEnumerable<object> Count(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<object> Flood()
    {
        var megabyte = new string('x', 1024 * 1024);
        while (true)
        {
            await Task.Yield();
            yield return megabyte;
        }
    }

    private static async IAsyncEnumerable<object> Json()
    {
        await Task.Yield();
        yield return JsonElement.Parse("{\r\n  \"a\": \"b\\n\"\n}");
    }

    /// <summary>Who asks, set as middleware would.</summary>
    public sealed class Asker
    {
        public string Name { get; set; } = "nobody said";
    }
}
