using System.Net;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>A small schema behind a real server on a free port of this machine.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestServer(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public Uri Endpoint => new(Client.BaseAddress!, "/graphql");

    public static async Task<TestServer> Start(
        Action<GraphQLHttpOptions>? configure = null,
        Func<Task>? slow = null,
        ILoggerProvider? log = null,
        Action<RequestExecutorOptions>? execution = null,
        Action<SchemaBuilder>? schema = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null) builder.Logging.AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGraphQL(graphql => graphql
            .ModifyOptions(options =>
            {
                options.AllowIntrospection = true;
                execution?.Invoke(options);
            })
            .ConfigureSchema(built => Configure(built, slow ?? (() => Task.CompletedTask)))
            .ConfigureSchema(schema ?? (_ => { })));
        if (configure is not null) builder.Services.Configure(configure);

        var app = builder.Build();
        app.MapGraphQL();
        app.MapGraphQLPersistedOperations();
        app.MapGraphQLSchema();
        app.MapGraphQLExplorer();
        await app.StartAsync();
        return new TestServer(app);
    }

    public Task<HttpResponseMessage> Post(
        string body, string? accept = "application/graphql-response+json", string contentType = "application/json") =>
        Post(Encoding.UTF8.GetBytes(body), accept, contentType);

    public Task<HttpResponseMessage> Post(
        byte[] body,
        string? accept = "application/graphql-response+json",
        string contentType = "application/json",
        string path = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Endpoint + path)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Get(string query, params (string Name, string Value)[] headers) =>
        GetAt($"?{query}", headers);

    public Task<HttpResponseMessage> GetAt(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Endpoint + path);
        request.Headers.Add("Accept", "application/graphql-response+json");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return Client.SendAsync(request);
    }

    public static async Task<(HttpStatusCode Status, string Body)> Read(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    private static void Configure(SchemaBuilder schema, Func<Task> slow) => schema
        .ExtendObject(
            "Query",
            Field("hello", new PureResolver(_ => "world")),
            Field("large", new PureResolver(_ => new string('x', 17 * 1024 * 1024))),
            Field("broken", new PureResolver(_ => throw new GraphQLException("broken"))),
            Field("slow", new AsyncResolver(async _ =>
            {
                await slow();
                return "done";
            })),
            new FieldDefinition("echo", "String!")
            {
                Arguments = [new InputValueDefinition("text", "String!")],
                Resolver = new SyncResolver(context => context.Argument<string>("text")),
            })
        .ExtendObject("Mutation", Field("touch", new PureResolver(_ => "touched")));

    private static FieldDefinition Field(string name, FieldResolver resolver) =>
        new(name, "String") { Resolver = resolver };
}
