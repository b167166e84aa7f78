using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>When a value arrives must not change what is answered: random trees, once with everything at once, then
/// with random fields coming later in random order.</summary>
public sealed class TimingTests(ITestOutputHelper output)
{
    private const string Sdl = """
        type Query { node: Node  strictNode: Node! }
        type Node { id: Int!  leaf: Int  strictLeaf: Int!  child: Node  strictChild: Node!
                    list: [Node]  strictList: [Node!]!  mixed: [Node!]  grid: [[Node!]!] }
        """;

    private const string Document = """
        { node { ...Deep } strictNode { ...Deep } }
        fragment Deep on Node { id leaf child { ...Middle } strictChild { ...Middle } mixed { ...Middle } strictLeaf }
        fragment Middle on Node { list { ...Low } strictList { ...Low } leaf strictChild { ...Low } child { ...Low } }
        fragment Low on Node { id strictLeaf leaf grid { id strictLeaf } list { leaf strictLeaf } id }
        """;

    private static readonly string[] Fields =
        ["id", "leaf", "strictLeaf", "child", "strictChild", "list", "strictList", "mixed", "grid"];

    [Fact]
    public async Task The_data_does_not_depend_on_when_values_arrive()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        for (var round = 0; round < 60; round++)
        {
            var tree = unchecked(seed + (round * 7919));
            var expected = Data(await Executor(tree, lateShare: 0).Answer(Document));
            foreach (var lateShare in (int[])[10, 50, 100])
            {
                var answer = await Executor(tree, lateShare).Answer(Document);
                Assert.True(expected == Data(answer), $"tree {tree}, late {lateShare}:\n{expected}\n{Data(answer)}");
            }
        }
    }

    private static string Data(string answer) =>
        System.Text.Json.JsonElement.Parse(answer).GetProperty("data").GetRawText();

    private static TestExecutor Executor(int tree, int lateShare)
    {
        var executor = new TestExecutor(Sdl);
        Add(executor, "Query.node", "node", tree, lateShare);
        Add(executor, "Query.strictNode", "strictNode", tree, lateShare);
        foreach (var field in Fields) Add(executor, $"Node.{field}", field, tree, lateShare);
        return executor;
    }

    private static void Add(TestExecutor executor, string coordinate, string field, int tree, int lateShare)
    {
        if (lateShare == 0) executor.Pure(coordinate, parent => Value(Id(parent, tree), field));
        else executor.Async(coordinate, context => LateAsync(Id(context.Parent<object>(), tree), field, lateShare));
    }

    private static int Id(object parent, int tree) => parent is int id ? id : tree;

    private static async ValueTask<object?> LateAsync(int id, string field, int lateShare)
    {
        var dice = new Random(Mix(id, field) ^ 0x5bd1e995);
        if (dice.Next(100) < lateShare)
        {
            await Task.Yield();
            if (dice.Next(40) == 0) await Task.Delay(1);
        }

        return Value(id, field);
    }

    // A node is a number; what its fields hold follows from it, and about one in thirty fails.
    private static object? Value(int id, string field)
    {
        var dice = new Random(Mix(id, field));
        var fate = dice.Next(100);
        if (fate == 0) throw new GraphQLException("failed");
        if (fate is 1 or 2) return null;
        return field switch
        {
            "id" => Math.Abs(id % 1000),
            "leaf" or "strictLeaf" => fate,
            "list" or "strictList" or "mixed" => Items(dice),
            "grid" => new[] { Items(dice), Items(dice) },
            _ => dice.Next(),
        };
    }

    private static object?[] Items(Random dice)
    {
        var items = new object?[dice.Next(4)];
        for (var i = 0; i < items.Length; i++) items[i] = dice.Next(60) == 0 ? null : dice.Next();
        return items;
    }

    private static int Mix(int id, string field)
    {
        var hash = id;
        foreach (var letter in field) hash = unchecked((hash * 31) + letter);
        return hash;
    }
}
