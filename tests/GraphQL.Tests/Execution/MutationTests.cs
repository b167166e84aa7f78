using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class MutationTests
{
    private const string Sdl = """
        type Query { count: Int }
        type Mutation { add(n: Int!): Counter  strictAdd(n: Int!): Counter! }
        type Counter { value: Int!  later: Int }
        """;

    [Fact]
    public async Task Mutations_run_one_after_the_other_each_with_what_is_selected_below_it()
    {
        var (executor, log) = Counter();

        var answer = await executor.Short("mutation { a: add(n: 1) { value later } b: add(n: 2) { later value } }");

        Assert.Equal("""{"a":{"value":1,"later":10},"b":{"later":30,"value":3}}""", answer);
        Assert.Equal("add 1, later 1, add 2, later 3", string.Join(", ", log));
    }

    [Fact]
    public async Task A_failed_mutation_does_not_stop_the_next() => Assert.Equal(
        """{"a":null,"b":{"value":2}} | a: negative""",
        await Counter().Executor.Short("mutation { a: add(n: -1) { value } b: add(n: 2) { value } }"));

    [Fact]
    public async Task A_failed_mutation_that_must_not_be_null_is_the_last()
    {
        var (executor, log) = Counter();

        Assert.Equal("null | a: negative", await executor.Short(
            "mutation { a: strictAdd(n: -1) { value } b: add(n: 2) { value } }"));
        Assert.Equal("add -1", string.Join(", ", log));
    }

    [Fact]
    public async Task A_mutation_of_nothing_answers_nothing() =>
        Assert.Equal("{}", await Counter().Executor.Short("mutation { add(n: 1) @skip(if: true) { value } }"));

    [Fact]
    public async Task A_request_may_refuse_mutations()
    {
        var executor = Counter().Executor;
        var request = GraphQLRequest.FromText("mutation { add(n: 1) { value } }", executor.Services) with
        {
            AllowMutations = false,
        };

        using var result = await executor.Executor.ExecuteAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(RequestErrorKind.NotAllowed, result.Failure);
    }

    private static (TestExecutor Executor, List<string> Log) Counter()
    {
        var log = new List<string>();
        var total = 0;
        async ValueTask<object?> Add(ResolverContext context)
        {
            var n = context.Argument<int>("n");
            log.Add($"add {n}");
            await Task.Yield();
            return n < 0 ? throw new GraphQLException("negative") : total += n;
        }

        var executor = new TestExecutor(Sdl)
            .Async("Mutation.add", Add)
            .Async("Mutation.strictAdd", Add)
            .Pure("Counter.value", value => value)
            .Async("Counter.later", async context =>
            {
                await Task.Delay(2);
                log.Add($"later {context.Parent<int>()}");
                return context.Parent<int>() * 10;
            });
        return (executor, log);
    }
}
