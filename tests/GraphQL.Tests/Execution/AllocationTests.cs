using System.Buffers;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Tests.Diagnostics;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>What a request may cost in memory. Exact, so a regression is seen at once and noise is not.</summary>
[Collection(TelemetryTests.OneAtATime)]
public sealed class AllocationTests
{
    [Fact]
    public void A_hundred_objects_of_eight_fields_cost_no_more_than_one() =>
        Assert.InRange(AllocatedBy("{ students { a: name b: name c: name d: name e: n f: n g: n h: n } }"), 0, 400);

    [Fact]
    public void A_hundred_objects_with_an_object_each_cost_no_more_either() => Assert.InRange(
        AllocatedBy("{ students { a: name b: name c: name d: name e: n f: n g: n h: n friend { name n } } }"), 0, 400);

    [Fact]
    public void The_name_of_a_type_is_as_cheap() => Assert.InRange(AllocatedBy("{ __typename }"), 0, 400);

    [Fact]
    public void A_small_query_allocates_next_to_nothing() => Assert.InRange(AllocatedBy("{ hello }"), 0, 400);

    private static long AllocatedBy(string document)
    {
        var executor = Executor();
        var request = GraphQLRequest.FromText(document, new TestServices());
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        for (var i = 0; i < 100; i++) Run(executor, request, output);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Run(executor, request, output);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private static void Run(RequestExecutor executor, GraphQLRequest request, ArrayBufferWriter<byte> output)
    {
        var execution = executor.ExecuteAsync(request);
        using var result = execution.IsCompletedSuccessfully
            ? execution.Result
            : throw new InvalidOperationException("Nothing here has to be waited for.");
        output.ResetWrittenCount();
        result.WriteTo(output);
    }

    private static RequestExecutor Executor()
    {
        var students = Enumerable.Range(0, 100).Select(i => $"Student {i}").ToArray();
        var schema = new SchemaBuilder()
            .AddType(new ObjectType("Student")
            {
                Fields =
                [
                    Leaf("name", "String!", (object parent, ref JsonArena json) => json.WriteString((string)parent)),
                    Leaf("n", "Int", (object parent, ref JsonArena json) => json.WriteNumber(((string)parent).Length)),
                    new("friend", "Student") { Resolver = new PureResolver(parent => parent) },
                ],
            })
            .ExtendObject(
                "Query",
                new FieldDefinition("students", "[Student!]!") { Resolver = new PureResolver(_ => students) },
                Leaf("hello", "String", (object _, ref JsonArena json) => json.WriteString("world")));
        return new RequestExecutorBuilder().Build(schema.Build().GetSchemaOrThrow());
    }

    private static FieldDefinition Leaf(string name, string type, WriteLeaf write) =>
        new(name, type) { Resolver = new LeafResolver(write) };
}
