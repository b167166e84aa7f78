using System.Buffers;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using K12Hub.GraphQL.Execution;

namespace K12Hub.Bench.InProcess;

/// <summary>Executing queries whose plans are cached and whose data is in memory.</summary>
internal static class ExecutionFigures
{
    public static void Print()
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var executor = SampleSchool.Executor();
        var students = Request(SampleSchool.Query);
        var typename = Request("{ __typename }");
        using var json = new Utf8JsonWriter(output);

        var figures = Work.Measure(
            () => Serialize(json, output), () => Execute(executor, students, output),
            () => Execute(executor, typename, output));

        Console.WriteLine("100 objects of 8 fields and one nested object, plan cached, no I/O");
        Console.WriteLine($"  System.Text.Json    {Of(figures[0])}");
        Console.WriteLine($"  GraphQL             {Of(figures[1])}   "
            + $"{figures[1].Microseconds / figures[0].Microseconds:0.00} x (goal: 2 x, 4,000 bytes)");
        Console.WriteLine($"  {{ __typename }}      {Of(figures[2])}   (goal: 400 bytes)");
    }

    private static string Of(WorkFigures work) => $"{work.Microseconds,7:0.0} µs   {work.Bytes,6:#,0} bytes allocated";

    private static GraphQLRequest Request(string document) => GraphQLRequest.FromText(document, new NoServices());

    private static void Execute(RequestExecutor executor, GraphQLRequest request, ArrayBufferWriter<byte> output)
    {
        var execution = executor.ExecuteAsync(request);
        using var result = execution.IsCompletedSuccessfully
            ? execution.Result
            : throw new InvalidOperationException("Nothing here has to be waited for.");
        output.ResetWrittenCount();
        result.WriteTo(output);
    }

    private static void Serialize(Utf8JsonWriter json, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, SampleSchool.Students, JsonSerializerOptions.Web);
        json.Flush();
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
