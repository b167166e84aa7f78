using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.InProcess;

/// <summary>What the GraphQL library costs by itself: no server, no database.</summary>
internal static class GraphQLBench
{
    public static async Task RunAsync(CancellationToken ct)
    {
        Console.WriteLine($"GraphQL in this process (load of the machine {ProcessFigures.Load})");
        ExecutionFigures.Print();
        await SchemaFigures.PrintAsync(ct);
        ParserFigures.Print();
        ValidationFigures.Print();
    }
}
