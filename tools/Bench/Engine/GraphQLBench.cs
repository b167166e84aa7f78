using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.Bench.Engine;

/// <summary>Executing 100 objects of 8 fields that are in memory, against serialising the same objects.</summary>
internal static class GraphQLBench
{
    private const int Objects = 100;
    private const int WarmUp = 20_000;
    private const int Rounds = 20_000;

    private sealed record Line(int Id, string Given, string Family, string Grade, string School, string Email,
        bool Active, int Year);

    public static async Task RunAsync()
    {
        var lines = Enumerable.Range(0, Objects).Select(n => new Line(
            n, $"Given {n}", $"Family {n}", "05", "Lincoln Elementary", $"s{n}@students.example", n % 7 != 0,
            2027)).ToArray();
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var (json, jsonBytes) = Measure(() => Serialize(lines, output));

        var executor = Executor(lines);
        var request = GraphQLRequest.FromText("{ lines { id given family grade school email active year } }",
            new NoServices());
        var (execute, executeBytes) = await MeasureAsync(async () =>
        {
            using var result = await executor.ExecuteAsync(request);
            output.ResetWrittenCount();
            result.WriteTo(output);
        });

        Console.WriteLine($"{Objects} objects of 8 fields, no I/O (load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  System.Text.Json   {json,6:0.0} µs   {jsonBytes / 1024.0:0.0} KB allocated");
        Console.WriteLine($"  GraphQL            {execute,6:0.0} µs   {executeBytes / 1024.0:0.0} KB allocated   "
            + $"{execute / json:0.0} x");
    }

    private static void Serialize(Line[] lines, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, lines, JsonSerializerOptions.Web);
    }

    private static RequestExecutor Executor(Line[] lines)
    {
        var schema = new SchemaBuilder()
            .AddType(new ObjectType("Line"))
            .ExtendObject("Query", new FieldDefinition("lines", "[Line!]!") { Resolver = new PureResolver(_ => lines) })
            .ExtendObject(
                "Line",
                Leaf("id", "Int!", (object line, ref JsonArena json) => json.WriteNumber(((Line)line).Id)),
                Leaf("given", "String!", (object line, ref JsonArena json) => json.WriteString(((Line)line).Given)),
                Leaf("family", "String!", (object line, ref JsonArena json) => json.WriteString(((Line)line).Family)),
                Leaf("grade", "String!", (object line, ref JsonArena json) => json.WriteString(((Line)line).Grade)),
                Leaf("school", "String!", (object line, ref JsonArena json) => json.WriteString(((Line)line).School)),
                Leaf("email", "String!", (object line, ref JsonArena json) => json.WriteString(((Line)line).Email)),
                Leaf("active", "Boolean!", (object line, ref JsonArena json) => json.WriteBoolean(((Line)line).Active)),
                Leaf("year", "Int!", (object line, ref JsonArena json) => json.WriteNumber(((Line)line).Year)));
        return new RequestExecutorBuilder().Build(schema.Build().GetSchemaOrThrow());
    }

    private static FieldDefinition Leaf(string name, string type, WriteLeaf write) =>
        new(name, type) { Resolver = new LeafResolver(write) };

    private static (double Microseconds, double Bytes) Measure(Action round) =>
        MeasureAsync(() =>
        {
            round();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    private static async Task<(double Microseconds, double Bytes)> MeasureAsync(Func<Task> round)
    {
        for (var i = 0; i < WarmUp; i++) await round();
        // Lets the runtime put the optimised code in place.
        await Task.Delay(500);
        for (var i = 0; i < WarmUp; i++) await round();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++) await round();
        watch.Stop();
        return (watch.Elapsed.TotalMicroseconds / Rounds,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / Rounds);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
