using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class CancellationTests
{
    private const string Sdl = "type Query { slow: Int  numbers: [Int] }";

    [Fact]
    public async Task A_request_ends_when_its_time_is_up_though_a_resolver_does_not()
    {
        var never = new TaskCompletionSource<object?>();
        var executor = new TestExecutor(Sdl).Async("Query.slow", _ => new(never.Task));
        executor.Builder.ModifyOptions(options => options.ExecutionTimeout = TimeSpan.FromMilliseconds(50));

        var answer = await executor.Answer("{ slow }");

        Assert.Contains("\"TIMEOUT\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_ends_when_its_caller_is_gone_and_tells_its_resolvers()
    {
        using var caller = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        var executor = new TestExecutor(Sdl).Async("Query.slow", async context =>
        {
            context.RequestAborted.Register(told.SetResult);
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return 1;
        });

        var answer = await executor.Answer("{ slow }", caller: caller);

        Assert.Contains("\"CANCELED\"", answer, StringComparison.Ordinal);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_resolver_that_stops_when_told_is_no_error_of_its_field()
    {
        var seen = new Listener();
        var executor = new TestExecutor(Sdl).Async("Query.slow", async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return 1;
        });
        executor.Builder.ModifyOptions(options =>
            (options.ExecutionTimeout, options.ErrorFilter) = (TimeSpan.FromMilliseconds(20), seen));

        for (var i = 0; i < 10; i++)
        {
            Assert.Contains("\"TIMEOUT\"", await executor.Answer("{ slow }"), StringComparison.Ordinal);
        }

        Assert.Equal(0, seen.Errors);
    }

    [Fact]
    public async Task A_list_without_end_is_stopped()
    {
        var executor = new TestExecutor(Sdl).Pure("Query.numbers", _ => Forever());
        executor.Builder.ModifyOptions(options => options.ExecutionTimeout = TimeSpan.FromMilliseconds(50));

        Assert.Contains("\"TIMEOUT\"", await executor.Answer("{ numbers }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_value_of_an_ended_request_does_not_reach_another()
    {
        var first = new TaskCompletionSource<object?>();
        var calls = 0;
        var executor = new TestExecutor(Sdl).Async("Query.slow", _ => ++calls == 1 ? new(first.Task) : new(2));
        executor.Builder.ModifyOptions(options => options.ExecutionTimeout = TimeSpan.FromMilliseconds(50));

        await executor.Answer("{ slow }");
        first.SetResult(1);

        Assert.Equal("""{"data":{"slow":2}}""", await executor.Answer("{ slow }"));
    }

    private static IEnumerable<int> Forever()
    {
        while (true)
        {
            Thread.Yield();
            yield return 1;
        }
    }

    private sealed class Listener : IErrorFilter
    {
        public int Errors { get; private set; }

        public GraphQLError Apply(GraphQLError fieldError)
        {
            Errors++;
            return fieldError;
        }
    }
}
