using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Security;

/// <summary>Whoever watches answers learns of each object before the answer leaves, and may keep it.</summary>
public sealed class AnswerWatchTests
{
    private const string Document = "{ all: students { name } one: node { ... on Student { id } } school { name } }";

    [Fact]
    public async Task Each_object_of_a_watched_type_is_told_with_what_is_selected_of_it()
    {
        var log = new Log(null);

        Assert.Equal(
            """{"data":{"all":[{"name":"Ana"},{"name":"Leo"}],"one":{"id":"1"},"school":{"name":"Lincoln"}}}""",
            await AnswerAsync(log));
        Assert.Equal(["Ana: name", "Leo: name", "Ana: id", "sealed"], log.Heard);
    }

    [Fact]
    public async Task What_may_not_leave_is_answered_with_the_reason_and_nothing_else()
    {
        var refusal = new GraphQLError("Not written down.") { Code = "NOT_WRITTEN" };

        Assert.Equal(
            """{"errors":[{"message":"Not written down.","extensions":{"code":"NOT_WRITTEN"}}]}""",
            await AnswerAsync(new Log(refusal)));
    }

    [Fact]
    public async Task Who_fails_to_say_whether_it_may_leave_lets_nothing_leave() => Assert.DoesNotContain(
        "data", await AnswerAsync(new Log(null) { Fails = true }), StringComparison.Ordinal);

    [Fact]
    public async Task Where_nobody_listens_nothing_that_is_watched_is_answered()
    {
        var answer = await AnswerAsync(null);

        Assert.Contains("UNEXPECTED_ERROR", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", answer, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(Log? log)
    {
        var (ana, leo) = (new Student("1", "Ana"), new Student("2", "Leo"));
        var schema = new SchemaBuilder()
            .AddType(new InterfaceType("Node") { Fields = [new FieldDefinition("id", "ID!")] })
            .AddType(new ObjectType("Student")
            {
                RuntimeType = typeof(Student), InterfaceReferences = ["Node"],
                Fields =
                [
                    new FieldDefinition("id", "ID!") { Resolver = new PureResolver(x => ((Student)x).Id) },
                    new FieldDefinition("name", "String!") { Resolver = new PureResolver(x => ((Student)x).Name) },
                ],
            })
            .AddType(new ObjectType("School")
            {
                Fields = [new FieldDefinition("name", "String!") { Resolver = new PureResolver(x => x) }],
            })
            .ExtendObject(
                "Query",
                new FieldDefinition("students", "[Student!]!") { Resolver = new PureResolver(_ => new[] { ana, leo }) },
                new FieldDefinition("node", "Node") { Resolver = new AsyncResolver(async _ =>
                {
                    await Task.Yield();
                    return ana;
                }) },
                new FieldDefinition("school", "School") { Resolver = new PureResolver(_ => "Lincoln") });
        var services = new TestServices();
        if (log is not null) services.Add<IAnswerLog>(log);
        var builder = new RequestExecutorBuilder();
        builder.ModifyOptions(options => options.AnswerWatch = new Watch());
        var executor = builder.Build(schema.Build().GetSchemaOrThrow());
        using var result = await executor.ExecuteAsync(GraphQLRequest.FromText(Document, services));
        return result.ToJson();
    }

    private sealed record Student(string Id, string Name);

    private sealed class Watch : IAnswerWatch
    {
        public object? MarkOf(ObjectType type, IReadOnlyList<Selection> selections) =>
            type.Name == "Student" ? string.Join(' ', selections.Select(selection => selection.FieldName)) : null;
    }

    private sealed class Log(GraphQLError? refusal) : IAnswerLog
    {
        public List<string> Heard { get; } = [];

        public bool Fails { get; init; }

        public void Wrote(object mark, object value) => Heard.Add($"{((Student)value).Name}: {mark}");

        public async ValueTask<GraphQLError?> SealAsync(ExecutionResult result, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (Fails) throw new InvalidOperationException("The disk is full.");
            Heard.Add("sealed");
            return refusal;
        }
    }
}
