using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Fetching;

/// <summary>What a resolver can ask of a loader.</summary>
public sealed class DataLoaderTests
{
    [Fact]
    public async Task Several_keys_come_in_their_order_and_a_missing_one_is_the_default() =>
        Assert.Equal("3,0,1 / 1 batch", await Run(async loader =>
            string.Join(',', await loader.LoadAsync([3, -1, 1]))));

    [Fact]
    public async Task What_was_fetched_elsewhere_can_be_put_in() =>
        Assert.Equal("42 and 7 / 1 batch", await Run(async loader =>
        {
            loader.Prime(5, 42);
            var first = await loader.LoadAsync(5);
            await loader.LoadAsync(7);
            loader.Prime(7, 42);
            return $"{first} and {await loader.LoadAsync(7)}";
        }));

    [Fact]
    public async Task What_was_changed_can_be_fetched_again() =>
        Assert.Equal("1 / 2 batch", await Run(async loader =>
        {
            await loader.LoadAsync(1);
            loader.Clear(1);
            return $"{await loader.LoadAsync(1)}";
        }));

    [Fact]
    public async Task A_batch_that_throws_at_once_fails_its_keys() =>
        Assert.Equal("InvalidOperationException / 1 batch", await Run(async loader =>
            await Thrown(loader.LoadAsync(-99))));

    [Fact]
    public async Task A_canceled_batch_cancels_its_keys() =>
        Assert.Equal("TaskCanceledException / 1 batch", await Run(async loader =>
            await Thrown(loader.LoadAsync(-98))));

    [Fact]
    public async Task Who_waits_may_give_up_alone() =>
        Assert.Equal("TaskCanceledException then 4 / 1 batch", await Run(async loader =>
        {
            using var impatient = new CancellationTokenSource();
            var given = loader.LoadAsync(4, impatient.Token);
            // At once, and not on some thread later: the batch goes off as soon as nothing else is left to run.
            Cancel(impatient);
            return $"{await Thrown(given)} then {await loader.LoadAsync(4)}";
        }));

    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    [Fact]
    public async Task After_the_request_a_loader_loads_nothing()
    {
        Numbers? kept = null;
        await Run(loader =>
        {
            kept = loader;
            return Task.FromResult("");
        });

        Assert.Throws<InvalidOperationException>(() => Start(kept!));
    }

    [Fact]
    public void A_loader_is_registered_once()
    {
        var builder = new TestExecutor("type Query { a: Int }").Builder.AddDataLoader(scope => new Numbers(scope));

        Assert.Throws<InvalidOperationException>(() => builder.AddDataLoader(scope => new Numbers(scope)));
    }

    private static void Start(Numbers loader) => _ = loader.LoadAsync(1);

    private static async Task<string> Thrown(Task loading)
    {
        try
        {
            await loading;
            return "nothing";
        }
        catch (Exception thrown)
        {
            return thrown.GetType().Name;
        }
    }

    private static async Task<string> Run(Func<Numbers, Task<string>> use)
    {
        Numbers? used = null;
        var executor = new TestExecutor("type Query { a: String }").Async("Query.a", async context =>
            await use(used = context.DataLoader<Numbers>()));
        executor.Builder.AddDataLoader(scope => new Numbers(scope));
        var answer = await executor.Short("{ a }");
        return $"{answer["{\"a\":\"".Length..^2]} / {used!.Batches} batch";
    }

    private sealed class Numbers(DataLoaderScope scope) : DataLoader<int, int>(scope)
    {
        public int Batches { get; private set; }

        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            Batches++;
            return keys[0] switch
            {
                -99 => throw new InvalidOperationException(),
                -98 => Task.FromCanceled<IReadOnlyDictionary<int, int>>(new CancellationToken(canceled: true)),
                _ => LoadLaterAsync(keys),
            };
        }

        private static async Task<IReadOnlyDictionary<int, int>> LoadLaterAsync(IReadOnlyList<int> keys)
        {
            await Task.Yield();
            return keys.Where(key => key > 0).ToDictionary(key => key);
        }
    }
}
