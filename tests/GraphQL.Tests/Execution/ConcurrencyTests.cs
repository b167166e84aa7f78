using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Fetching;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>Runs are used again for later requests; nothing of one request may turn up in another.</summary>
public sealed class ConcurrencyTests
{
    private const string Sdl = """
        type Query { item(n: Int!): Item }
        type Item { n: Int!  late: Item  loaded: Item  items: [Item!]!  broken: Int  strictBroken: Int! }
        """;

    private const string Document = """
        query($n: Int!) { item(n: $n) {
            n late { n loaded { n items { n late { n } broken } } } items { loaded { n late { strictBroken } } } } }
        """;

    [Fact]
    public async Task Many_requests_at_a_time_keep_apart()
    {
        var executor = Items();
        var expected = new string[8];
        for (var n = 0; n < expected.Length; n++) expected[n] = await executor.Short(Document, Variables(n));

        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, async (i, _) =>
            Assert.Equal(expected[i % 8], await executor.Short(Document, Variables(i % 8))));

        Assert.Contains("\"n\":4000", expected[4], StringComparison.Ordinal);
        Assert.DoesNotContain("Unexpected", string.Concat(expected), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_are_given_up_do_not_disturb_the_others()
    {
        var executor = Items();
        var expected = await executor.Short(Document, Variables(3));

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, async (i, _) =>
        {
            using var caller = new CancellationTokenSource();
            if (i % 2 == 0) caller.CancelAfter(i % 5);
            if (i % 2 == 0) await executor.Answer(Document, Variables(5), caller: caller);
            else Assert.Equal(expected, await executor.Short(Document, Variables(3)));
        });
    }

    private static string Variables(int n) => $$"""{"n":{{n * 1000}}}""";

    private static TestExecutor Items()
    {
        var executor = new TestExecutor(Sdl)
            .Async("Query.item", async context =>
            {
                await Task.Yield();
                return context.Argument<int>("n");
            })
            .Leaf("Item.n", (object parent, ref JsonArena json) => json.WriteNumber((int)parent))
            .Async("Item.late", async context =>
            {
                await Task.Yield();
                return context.Parent<int>() + 1;
            })
            .Async("Item.loaded", async context => await context.DataLoader<Next>().LoadAsync(context.Parent<int>()))
            .Pure("Item.items", parent => Enumerable.Range((int)parent, 5).Cast<object>().ToArray())
            .Pure("Item.broken", parent => throw new GraphQLException($"{parent} is broken"))
            .Async("Item.strictBroken", async context =>
            {
                await Task.Yield();
                throw new GraphQLException($"{context.Parent<int>()} is broken");
            });
        executor.Builder.AddDataLoader(scope => new Next(scope));
        return executor;
    }

    private sealed class Next(DataLoaderScope scope) : DataLoader<int, int>(scope)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return keys.ToDictionary(key => key, key => key + 10);
        }
    }
}
