using System.Security.Claims;
using System.Threading.Channels;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Subscriptions;

/// <summary>A schema with one subscription, whose events a test sends.</summary>
internal sealed class TestSubscriptions : IFieldAuthorization
{
    private readonly Channel<object> events = Channel.CreateUnbounded<object>();
    private readonly TaskCompletionSource disposed = new();
    private readonly Lazy<RequestExecutor> executor;

    public TestSubscriptions()
    {
        Services.Add<IFieldAuthorization>(this);
        executor = new(Build);
    }

    public TestServices Services { get; } = new();

    public RequestExecutorOptions Options { get; } = new();

    /// <summary>The policy everybody is refused from now on.</summary>
    public string? Revoked { get; set; }

    public Func<CancellationToken, ValueTask<RequestScope>>? BeginScope { get; set; }

    public Func<ResolverContext, ValueTask<ISourceStream>>? Subscribe { get; set; }

    public Func<ResolverContext, ValueTask<object?>>? Resolve { get; set; }

    public Task Disposed => disposed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    public void Send(params object[] sent)
    {
        foreach (var one in sent) Assert.True(events.Writer.TryWrite(one));
    }

    public void End(Exception? error = null) => events.Writer.Complete(error);

    public IAsyncEnumerable<ExecutionResult> Stream(
        string document, string? variables = null, CancellationToken ct = default) => executor.Value.StreamAsync(
            GraphQLRequest.FromText(document, Services, variables) with
            {
                BeginScope = BeginScope,
                User = new ClaimsPrincipal(new ClaimsIdentity("test")),
            },
            ct);

    /// <summary>All results, as JSON.</summary>
    public async Task<List<string>> All(string document, string? variables = null)
    {
        var all = new List<string>();
        await foreach (var result in Stream(document, variables))
        {
            using (result) all.Add(result.ToJson());
        }

        return all;
    }

    /// <summary>Opens the events. The stream does not listen when it is told to stop.</summary>
    public ISourceStream Open() => new Source(events.Reader, disposed);

    ValueTask<bool> IFieldAuthorization.AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken) =>
        new(policy != Revoked);

    private RequestExecutor Build()
    {
        var schema = new SchemaBuilder()
            .ExtendObject("Query", new FieldDefinition("hello", "String") { Resolver = new PureResolver(_ => "world") })
            .ExtendObject(
                "Subscription",
                new FieldDefinition("bell", "String")
                {
                    Policy = "listen",
                    Arguments = [new InputValueDefinition("school", "String")],
                    Subscribe = Subscribe ?? (_ => new(Open())),
                    Resolver = new AsyncResolver(Resolve ?? (context => new(context.Parent<object>()))),
                },
                new FieldDefinition("silent", "String"));
        var builder = new RequestExecutorBuilder();
        builder.ModifyOptions(options =>
        {
            options.ExecutionTimeout = Options.ExecutionTimeout;
            options.Validation = Options.Validation;
        });
        return builder.Build(schema.Build().GetSchemaOrThrow());
    }

    private sealed class Source(ChannelReader<object> events, TaskCompletionSource disposed) : ISourceStream
    {
        public async IAsyncEnumerable<object> ReadEventsAsync()
        {
            while (await events.WaitToReadAsync())
            {
                while (events.TryRead(out var one)) yield return one;
            }
        }

        public ValueTask DisposeAsync()
        {
            disposed.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
