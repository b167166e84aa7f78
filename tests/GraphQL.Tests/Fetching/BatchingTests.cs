using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Fetching;

public sealed class BatchingTests
{
    private const string Sdl = """
        type Query { students: [Student!]!  student(id: Int!): Student }
        type Mutation { rename: Student }
        type Student { id: Int!  guardian: Guardian  viaWork: Guardian  siblings: [Student!]! }
        type Guardian { id: Int!  employer: Employer }
        type Employer { id: Int! }
        """;

    [Fact]
    public async Task One_wave_of_resolvers_is_one_batch_at_any_depth()
    {
        var log = new List<string>();

        await School(log).Short("{ students { guardian { employer { id } } } }");

        Assert.Equal(["guardian 101 102 103 104", "employer 1010 1020 1030 1040"], log);
    }

    [Fact]
    public async Task A_key_is_fetched_once_per_request()
    {
        var log = new List<string>();

        await School(log).Short("{ students { id guardian { id } } a: student(id: 1) { guardian { id } } }");

        Assert.Equal(["guardian 101 102 103 104"], log);
    }

    [Fact]
    public async Task Resolvers_that_had_other_work_first_still_share_a_batch_of_what_they_load_next()
    {
        var log = new List<string>();

        var answer = await School(log).Short("{ students { viaWork { employer { id } } guardian { id } } }");

        Assert.DoesNotContain("|", answer, StringComparison.Ordinal);
        Assert.Equal(2, log.Count(line => line.StartsWith("guardian", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_keys_are_split()
    {
        var log = new List<string>();

        await School(log, students: 2500).Short("{ students { guardian { id } } }");

        Assert.Equal([1000, 1000, 500], log.Select(line => line.Split(' ').Length - 1));
    }

    [Fact]
    public async Task A_failed_batch_fails_every_field_that_asked()
    {
        var log = new List<string>();

        Assert.Equal(
            """{"a":{"guardian":null},"b":{"guardian":null}}"""
            + " | a.guardian: Unexpected Execution Error | b.guardian: Unexpected Execution Error",
            await School(log).Short(
                "{ a: student(id: 900) { guardian { id } } b: student(id: 901) { guardian { id } } }"));
    }

    [Fact]
    public async Task What_was_loaded_before_a_mutation_is_loaded_again_after_it()
    {
        var log = new List<string>();

        await School(log).Short("mutation { a: rename { guardian { id } } b: rename { guardian { id } } }");

        Assert.Equal(["guardian 101", "guardian 101"], log);
    }

    [Fact]
    public async Task A_grouped_loader_gives_every_key_its_list()
    {
        var log = new List<string>();

        Assert.Equal(
            """{"students":[{"siblings":[{"id":11}]},{"siblings":[]},{"siblings":[{"id":13}]},{"siblings":[]}]}""",
            await School(log).Short("{ students { siblings { id } } }"));
        Assert.Equal(["siblings 1 2 3 4"], log);
    }

    [Fact]
    public async Task A_loader_nobody_registered_is_named() => Assert.Contains(
        "No DataLoader is registered as IUnknown",
        await Unregistered(),
        StringComparison.Ordinal);

    private static async Task<string> Unregistered()
    {
        var executor = new TestExecutor("type Query { a: Int }")
            .Sync("Query.a", context => context.DataLoader<IUnknown>());
        executor.Builder.ModifyOptions(options => options.IncludeExceptionDetails = true);
        return await executor.Answer("{ a }");
    }

    private static TestExecutor School(List<string> log, int students = 4)
    {
        var executor = new TestExecutor(Sdl)
            .Pure("Query.students", _ => Enumerable.Range(1, students))
            .Sync("Query.student", context => context.Argument<int>("id"))
            .Pure("Mutation.rename", _ => 1)
            .Pure("Student.id", id => id)
            .Pure("Guardian.id", id => id)
            .Pure("Employer.id", id => id)
            .Async("Student.guardian", async context =>
                await context.DataLoader<ByNumber>().LoadAsync(context.Parent<int>() + 100))
            .Async("Student.viaWork", async context =>
            {
                var own = await context.Loaders.GetOrAdd("own", scope => new ByNumber(scope, "guardian", log))
                    .LoadAsync(context.Parent<int>() + 100);
                return await context.DataLoader<ByNumber>().LoadAsync(own);
            })
            .Async("Guardian.employer", async context =>
                await context.Loaders.GetOrAdd("employer", scope => new ByNumber(scope, "employer", log))
                    .LoadAsync(context.Parent<int>() * 10))
            .Async("Student.siblings", async context =>
                await context.DataLoader<Siblings>().LoadAsync(context.Parent<int>()));
        executor.Builder.AddDataLoader(scope => new ByNumber(scope, "guardian", log));
        executor.Builder.AddDataLoader(scope => new Siblings(scope, log));
        return executor;
    }

    private interface IUnknown;

    private sealed class ByNumber(DataLoaderScope scope, string name, List<string> log)
        : DataLoader<int, int>(scope)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            lock (log) log.Add($"{name} {string.Join(' ', keys)}");
            await Task.Delay(1, cancellationToken);
            return keys.Contains(1000) ? throw new InvalidOperationException() : keys.ToDictionary(key => key);
        }
    }

    private sealed class Siblings(DataLoaderScope scope, List<string> log) : GroupedDataLoader<int, int>(scope)
    {
        protected override async Task<ILookup<int, int>> LoadGroupsAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            lock (log) log.Add($"siblings {string.Join(' ', keys)}");
            await Task.Yield();
            return keys.Where(key => key % 2 == 1).ToLookup(key => key, key => key + 10);
        }
    }
}
