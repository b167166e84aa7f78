using System.Diagnostics;
using System.Globalization;
using K12Hub.Bench.Measuring;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.Bench.InProcess;

/// <summary>Building a schema of 300 types and its executor: in a process that does it for the first time, and
/// again.</summary>
internal static class SchemaFigures
{
    /// <summary>The subcommand that builds once and says how long it took.</summary>
    public const string ColdCommand = "cold-schema";

    private const string ReadyLine = "built in ";
    private const int Runs = 7;

    // Each brings an object, its connection and edge, an enum and an input object.
    private const int Families = 60;

    public static async Task PrintAsync(CancellationToken ct)
    {
        var cold = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using var process = AppProcess.StartSelf([ColdCommand], new Dictionary<string, string>());
            cold.Add(double.Parse(
                (await process.LineAsync(ReadyLine, ct))[ReadyLine.Length..], CultureInfo.InvariantCulture));
        }

        cold.Sort();
        var warm = Work.Measure(() => Build())[0];
        var types = Build().Schema.Types.Count(type => !type.Name.StartsWith("__", StringComparison.Ordinal));
        Console.WriteLine($"schema of {types} types and its executor");
        Console.WriteLine($"  first in its process {cold[Runs / 2]:0} ms by the clock ({cold[0]:0} to {cold[^1]:0})   "
            + $"again {warm.Microseconds / 1000:0.0} ms of processor time (goal: 150 ms)");
    }

    public static void BuildOnce()
    {
        var started = Stopwatch.GetTimestamp();
        Build();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Console.WriteLine(ReadyLine + elapsed.ToString(CultureInfo.InvariantCulture));
    }

    private static RequestExecutor Build()
    {
        var builder = new RequestExecutorBuilder();
        builder.ConfigureSchema(schema =>
        {
            for (var family = 0; family < Families; family++) Add(schema, $"Thing{family}");
        });
        return builder.Build();
    }

    private static void Add(SchemaBuilder schema, string name)
    {
        schema.AddType(new EnumType($"{name}Kind") { Values = [new("OPEN"), new("CLOSED"), new("LATE")] });
        schema.AddType(new InputObjectType($"{name}Input")
        {
            Fields = [new("name", "String!"), new("kind", $"{name}Kind"), new("others", $"[{name}Input!]")],
        });
        schema.AddType(new ObjectType(name)
        {
            Description = $"What there is to know about a {name}.",
            Fields =
            [
                .. Enumerable.Range(0, 10).Select(number => Leaf($"field{number}", "String")),
                Leaf("kind", $"{name}Kind!"),
                new("next", name) { Resolver = new PureResolver(_ => null) },
            ],
        });
        Connections.Add(schema, name);
        schema.ExtendObject("Query", new FieldDefinition($"all{name}", $"{name}Connection")
        {
            Arguments = [.. Connections.Arguments(100, 50), new("where", $"{name}Input")],
            Resolver = new AsyncResolver(_ => new(default(object))),
        });
    }

    private static FieldDefinition Leaf(string name, string type) =>
        new(name, type) { Resolver = new LeafResolver((object _, ref JsonArena json) => json.WriteNull()) };
}
