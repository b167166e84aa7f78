using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Fetching;

namespace K12Hub.GraphQL.Tests.Subscriptions;

/// <summary>Section 6.2.3: from source stream to response stream.</summary>
public sealed class ResponseStreamTests
{
    private readonly TestSubscriptions bells = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_answered_in_order_and_the_end_of_the_source_completes()
    {
        bells.Send("first", "second");
        bells.End();

        Assert.Equal(
            ["""{"data":{"rung":"first"}}""", """{"data":{"rung":"second"}}"""],
            await bells.All("subscription { rung: bell }"));
        await bells.Disposed;
    }

    [Fact]
    public async Task Errors_of_one_event_are_not_those_of_the_next()
    {
        bells.Resolve = context => (string)context.Parent<object>() == "bad"
            ? throw new GraphQLException("cracked")
            : new("good");
        bells.Send("bad", "good");
        bells.End();

        var results = await bells.All("subscription { bell }");

        Assert.Contains("\"message\":\"cracked\"", results[0], StringComparison.Ordinal);
        Assert.EndsWith("\"data\":{\"bell\":null}}", results[0], StringComparison.Ordinal);
        Assert.Equal("""{"data":{"bell":"good"}}""", results[1]);
    }

    [Fact]
    public async Task Every_event_has_loaders_of_its_own()
    {
        var scopes = new List<DataLoaderScope>();
        bells.Resolve = context =>
        {
            scopes.Add(context.Loaders);
            return new("x");
        };
        bells.Send("first", "second");
        bells.End();

        await bells.All("subscription { bell }");

        Assert.NotSame(scopes[0], scopes[1]);
    }

    [Fact]
    public async Task Every_event_has_services_of_its_own_that_are_disposed_with_it()
    {
        var began = new List<Scope>();
        bells.BeginScope = _ =>
        {
            began.Add(new Scope());
            return new(new RequestScope(bells.Services, began[^1]));
        };
        var wereDisposed = new List<bool>();
        bells.Resolve = _ =>
        {
            wereDisposed.Add(began[^1].IsDisposed);
            return new("x");
        };
        bells.Send("first", "second");
        bells.End();

        await bells.All("subscription { bell }");

        Assert.Equal([false, false], wereDisposed);
        Assert.Equal([true, true], began.Select(scope => scope.IsDisposed));
    }

    [Fact]
    public async Task An_event_that_takes_too_long_fails_alone()
    {
        bells.Options.ExecutionTimeout = TimeSpan.FromMilliseconds(100);
        bells.Resolve = async context =>
        {
            if ((string)context.Parent<object>() == "slow") await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return "quick";
        };
        bells.Send("slow", "quick");
        bells.End();

        var results = await bells.All("subscription { bell }");

        Assert.Contains("\"TIMEOUT\"", results[0], StringComparison.Ordinal);
        Assert.Equal("""{"data":{"bell":"quick"}}""", results[1]);
    }

    [Fact]
    public async Task A_subscription_outlives_the_time_limit_of_its_events()
    {
        bells.Options.ExecutionTimeout = TimeSpan.FromMilliseconds(50);
        CancellationToken lifetime = default;
        bells.Subscribe = context =>
        {
            lifetime = context.RequestAborted;
            return new(bells.Open());
        };
        await using var results = bells.Stream("subscription { bell }", ct: Ct).GetAsyncEnumerator(Ct);
        var first = results.MoveNextAsync().AsTask();
        await Task.WhenAny(first, Task.Delay(200, Ct));

        bells.Send("late");

        Assert.True(await first);
        Assert.False(lifetime.IsCancellationRequested);
        Assert.Equal("""{"data":{"bell":"late"}}""", results.Current.ToJson());
    }

    [Fact]
    public async Task Queries_have_one_result()
    {
        Assert.Equal(["""{"data":{"hello":"world"}}"""], await bells.All("{ hello }"));
        Assert.Contains("GRAPHQL_SYNTAX", Assert.Single(await bells.All("{ hello")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_result_of_an_event_says_that_others_may_follow()
    {
        bells.Send("x");
        bells.End(new GraphQLException("gone"));
        var follows = new List<(bool, RequestErrorKind?)>();
        await foreach (var result in bells.Stream("subscription { bell }", ct: Ct))
        {
            using (result) follows.Add((result.IsOfEvent, result.Failure));
        }

        Assert.Equal([(true, null), (false, RequestErrorKind.Subscription)], follows);
    }

    [Fact]
    public async Task Who_expects_one_result_cannot_subscribe()
    {
        var executor = new Execution.TestExecutor("type Query { a: Int } type Subscription { bell: Int }");
        using var result = await executor.Executor.ExecuteAsync(
            GraphQLRequest.FromText("subscription { bell }", executor.Services), Ct);

        Assert.Equal(RequestErrorKind.StreamRequired, result.Failure);
    }

    private sealed class Scope : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
