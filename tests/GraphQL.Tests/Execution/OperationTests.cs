using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>Specification 6.1: which operation is executed, and what is refused before.</summary>
public sealed class OperationTests
{
    private const string Sdl = "type Query { a: Int  b: Int }  type Subscription { a: Int }";

    [Theory]
    [InlineData("query A { a } query B { b }", "B", """{"data":{"b":2}}""")]
    [InlineData("query A { a }", null, """{"data":{"a":1}}""")]
    public async Task The_named_operation_is_executed(string document, string? name, string expected) =>
        Assert.Equal(expected, (await Execute(document, name)).Json);

    [Theory]
    [InlineData("query A { a } query B { b }", null, RequestErrorKind.Operation, "OPERATION_AMBIGUOUS")]
    [InlineData("query A { a } query B { b }", "C", RequestErrorKind.Operation, "OPERATION_NOT_FOUND")]
    [InlineData("subscription { a }", null, RequestErrorKind.StreamRequired, "OPERATION_NOT_ALLOWED")]
    [InlineData("{ a", null, RequestErrorKind.Syntax, "GRAPHQL_SYNTAX")]
    [InlineData("{ c }", null, RequestErrorKind.Validation, "GRAPHQL_VALIDATION")]
    [InlineData("{ __schema { description } }", null, RequestErrorKind.Validation, "extensions")]
    [InlineData("{ a @skip(if: $v) }", null, RequestErrorKind.Validation, "GRAPHQL_VALIDATION")]
    public async Task What_cannot_be_executed_says_why_and_has_no_data(
        string document, string? name, RequestErrorKind expected, string code)
    {
        var (failure, json) = await Execute(document, name);

        Assert.Equal(expected, failure);
        Assert.Contains(code, json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_is_answered_when_allowed()
    {
        var executor = Numbers();
        executor.Builder.ModifyOptions(options => options.AllowIntrospection = true);

        Assert.Equal(
            """{"__type":{"fields":[{"name":"a"},{"name":"b"}]},"__typename":"Query"}""",
            await executor.Short("{ __type(name: \"Query\") { fields { name } } __typename }"));
    }

    [Fact]
    public async Task A_condition_that_is_null_is_an_error_of_the_request() => Assert.Contains(
        "must not be null",
        await Numbers().Short("query($v: Boolean = true) { a @skip(if: $v) b }", """{"v":null}"""),
        StringComparison.Ordinal);

    [Fact]
    public async Task Any_number_of_conditions_is_decided()
    {
        var executor = Numbers();
        var names = Enumerable.Range(0, 70).Select(i => $"v{i}").ToList();
        executor.Builder.ModifyOptions(options => options.Validation = ValidationOptions.SpecificationOnly);
        var document = $"query({string.Join(' ', names.Select(name => $"${name}: Boolean!"))}) {{ "
            + string.Join(' ', names.Select(name => $"{name}: a @include(if: ${name})")) + " }";
        for (var chosen = 0; chosen < 70; chosen++)
        {
            var variables = JsonSerializer.Serialize(names.ToDictionary(name => name, name => name == $"v{chosen}"));

            Assert.Equal($$"""{"v{{chosen}}":1}""", await executor.Short(document, variables));
        }
    }

    private static async Task<(RequestErrorKind? Failure, string Json)> Execute(string document, string? name)
    {
        var executor = Numbers();
        var request = GraphQLRequest.FromText(document, executor.Services) with { OperationName = name };
        using var result = await executor.Executor.ExecuteAsync(request, TestContext.Current.CancellationToken);
        return (result.Failure, result.ToJson());
    }

    private static TestExecutor Numbers() => new TestExecutor(Sdl).Pure("Query.a", _ => 1).Pure("Query.b", _ => 2);
}
