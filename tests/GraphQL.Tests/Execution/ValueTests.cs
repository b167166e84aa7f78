using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>What resolvers may return, and how results are handed over.</summary>
public sealed class ValueTests
{
    private static readonly Dictionary<string, object?> Anything = new()
    {
        ["text"] = "a",
        ["flags"] = new List<object?> { true, null },
        ["numbers"] = new object[] { 1, 2L, (short)3, 0.5, 0.25f, 1.50m },
        ["id"] = Guid.Empty,
        ["day"] = new DateOnly(2026, 8, 1),
        ["instant"] = DateTimeOffset.UnixEpoch,
        ["json"] = JsonElement.Parse("""{"raw":[1]}"""),
    };

    [Fact]
    public async Task A_JSON_scalar_answers_any_shape() => Assert.Equal(
        """{"any":{"text":"a","flags":[true,null],"numbers":[1,2,3,0.5,0.25,1.50],"id":"""
        + "\"00000000-0000-0000-0000-000000000000\""
        + ""","day":"2026-08-01","instant":"1970-01-01T00:00:00Z","json":{"raw":[1]}}}""",
        await Any(Anything).Short("{ any }"));

    [Fact]
    public async Task What_has_no_form_in_JSON_is_an_error_of_the_field() => Assert.Equal(
        """{"any":null} | any: Unexpected Execution Error""",
        await Any(new object()).Short("{ any }"));

    [Fact]
    public async Task A_JSON_document_can_be_the_data() => Assert.Equal(
        """{"data":{"s":"x","i":1,"f":1.5,"b":true,"n":null,"l":[1,2],"o":{"i":2},"pet":{"__typename":"Dog"}}}""",
        await new TestExecutor("""
            type Query { s: String i: Int f: Float b: Boolean n: Int l: [Int] o: Query pet: Pet }
            interface Pet { n: Int } type Dog implements Pet { n: Int }
            """).Answer(
            "{ s i f b n l o { i } pet { __typename } }",
            root: JsonElement.Parse(
                """{"s":"x","i":1,"f":1.5,"b":true,"n":null,"l":[1,2],"o":{"i":2},"pet":{"__typename":"Dog"}}""")));

    [Fact]
    public async Task The_type_of_an_object_follows_from_its_class()
    {
        var pet = new InterfaceType("Pet") { Fields = [new FieldDefinition("name", "String")] };
        var dog = new ObjectType("Dog")
        {
            InterfaceReferences = ["Pet"],
            RuntimeType = typeof(Dog),
            Fields = [new FieldDefinition("name", "String") { Resolver = new PureResolver(dog => ((Dog)dog).Name) }],
        };
        var stone = new ObjectType("Stone") { RuntimeType = typeof(Stone), Fields = [new FieldDefinition("n", "Int")] };
        var pets = new PureResolver(_ => new object[] { new Dog("Odie"), new Puppy("Rex"), new Stone() });
        var executor = new RequestExecutorBuilder().Build(new SchemaBuilder()
            .AddType(pet)
            .AddType(dog)
            .AddType(stone)
            .ExtendObject("Query", new FieldDefinition("pets", "[Pet]") { Resolver = pets })
            .Build().GetSchemaOrThrow());

        using var result = await executor.ExecuteAsync(
            GraphQLRequest.FromText("{ pets { __typename name } }", new TestServices()),
            TestContext.Current.CancellationToken);

        Assert.EndsWith(
            """{"pets":[{"__typename":"Dog","name":"Odie"},{"__typename":"Dog","name":"Rex"},null]}}""",
            result.ToJson(),
            StringComparison.Ordinal);
        Assert.Equal("Type \"Stone\" is not a possible type for \"Pet\".", Assert.Single(result.Errors).Message);
    }

    [Fact]
    public async Task A_result_can_be_sent_to_a_pipe_or_a_stream_until_it_is_disposed()
    {
        var executor = new TestExecutor("type Query { a: Int }").Pure("Query.a", _ => 1);
        var stop = TestContext.Current.CancellationToken;
        using var stream = new MemoryStream();
        var pipe = new Pipe();

        var result = await executor.Executor.ExecuteAsync(GraphQLRequest.FromText("{ a }", executor.Services), stop);
        await result.WriteToAsync(stream, stop);
        await result.WriteToAsync(pipe.Writer, stop);
        result.Dispose();
        result.Dispose();

        Assert.Equal("""{"data":{"a":1}}""", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(stream.Length, (await pipe.Reader.ReadAsync(stop)).Buffer.Length);
        Assert.Throws<ObjectDisposedException>(result.ToJson);
    }

    [Fact]
    public void Extensions_of_an_error_may_hold_plain_values()
    {
        using var result = ExecutionResult.Failed(RequestErrorKind.Internal, new GraphQLError("é \"x\"")
        {
            Extensions = new Dictionary<string, object?>
            {
                ["all"] = new object?[] { null, "t", true, 1, 2L, 0.5, 1.5m, JsonElement.Parse("[1]"), Guid.Empty },
            },
        });

        Assert.Equal(
            """{"errors":[{"message":"é \"x\"","extensions":{"all":[null,"t",true,1,2,0.5,1.5,[1],"""
            + "\"00000000-0000-0000-0000-000000000000\"]}}]}",
            result.ToJson());
    }

    private static TestExecutor Any(object value) =>
        new TestExecutor("scalar Any type Query { any: Any }").Pure("Query.any", _ => value);

    private record Dog(string Name);

    private sealed record Puppy(string Name) : Dog(Name);

    private sealed record Stone;
}
