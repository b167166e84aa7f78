using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Execution.Responses;

/// <summary>
/// The response is written once, in place, with gaps for what comes late and patches for what fails late. Whatever
/// comes when, it is JSON, and says what a tree built the plainest way says.
/// </summary>
public sealed class RandomResponseTests
{
    private const int Trees = 700;

    private readonly ConcurrentBag<TaskCompletionSource> late = [];

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    [InlineData(7_000_000)]
    public async Task The_response_says_what_a_tree_would_say(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var executor = Executor();
        for (var number = 0; number < Trees; number++)
        {
            var world = new RandomWorld(seed + number);
            var (root, selection) = (world.Root(), world.Selection());
            var tree = new TreeExecutor();
            var expected = tree.Execute(selection, root);

            var text = await Answer(executor, world, RandomWorld.Print(selection), root);

            var answer = JsonNode.Parse(text)!.AsObject();
            var told = Told(answer);
            var where = $"seed {seed}, tree {number}: {RandomWorld.Print(selection)}";
            Assert.True((expected?.ToJsonString() ?? "null") == (answer["data"]?.ToJsonString() ?? "null"), where);
            Assert.True(told.Count == told.Distinct().Count() && tree.Errors.IsSupersetOf(told), where);
            Assert.True(tree.Causes.Values.All(causes => causes.Any(told.Contains)), where);
            Assert.True(answer.First().Key == (told.Count > 0 ? "errors" : "data"), where);
        }
    }

    private static List<string> Told(JsonObject answer) => answer["errors"] is not JsonArray errors
        ? []
        : [.. errors.Select(error => string.Concat(error!["path"]!.AsArray().Select(step => $".{step}")))];

    private async Task<string> Answer(TestExecutor executor, RandomWorld world, string document, Thing root)
    {
        var answer = executor.Answer(document, root: root);
        while (!answer.IsCompleted)
        {
            // Late values come in any order: one of those that are waited for just now.
            var waiting = late.ToArray().Where(value => !value.Task.IsCompleted).ToArray();
            if (waiting.Length > 0) waiting[world.Below(waiting.Length)].SetResult();
            await Task.Yield();
        }

        late.Clear();
        return await answer;
    }

    private TestExecutor Executor()
    {
        var executor = new TestExecutor(RandomWorld.Sdl);
        executor.Builder.ModifyOptions(options => options.Validation = ValidationOptions.SpecificationOnly);
        foreach (var type in new[] { "Query", "Thing" })
        {
            foreach (var field in RandomWorld.Fields.Keys) Add(executor, $"{type}.{field}", field);
        }

        return executor;
    }

    private void Add(TestExecutor executor, string coordinate, string field)
    {
        if (field.StartsWith("late", StringComparison.Ordinal))
        {
            executor.Async(coordinate, context => LateAsync(((Thing)context.Parent<object>())[field]));
        }
        else if (field is "nowText" or "nowStrictText")
        {
            executor.Leaf(coordinate, (object parent, ref JsonArena json) =>
                json.WriteString((string?)Now(((Thing)parent)[field])));
        }
        else
        {
            executor.Pure(coordinate, parent => Now(((Thing)parent)[field]));
        }
    }

    private async ValueTask<object?> LateAsync(Outcome outcome)
    {
        if (outcome.IsLate)
        {
            var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            late.Add(arrival);
            await arrival.Task;
        }

        return Now(outcome);
    }

    private static object? Now(Outcome outcome) =>
        outcome.Error is null ? outcome.Value : throw new GraphQLException(outcome.Error);
}
