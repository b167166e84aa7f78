using System.Globalization;
using System.Text.Json;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>Specification 6.1.2 and 6.4.1: variables and arguments.</summary>
public sealed class VariableTests
{
    private const string Sdl = """
        type Query { echo(n: Int = 7, list: [Int!], point: Point): String  strict(n: Int!): String }
        input Point { x: Int!  y: Int = 5  label: String }
        """;

    private static readonly string[] Names = ["n", "list", "point"];

    [Theory]
    [InlineData("{ echo }", null, "n=7")]
    [InlineData("{ echo(n: null) }", null, "n=")]
    [InlineData("{ echo(n: 1, list: [2, 3]) }", null, "n=1 list=[2,3]")]
    [InlineData("{ echo(list: 2) }", null, "n=7 list=[2]")]
    [InlineData("{ echo(point: {x: 1}) }", null, "n=7 point={x=1,y=5}")]
    [InlineData("query($n: Int) { echo(n: $n) }", null, "n=7")]
    [InlineData("query($n: Int) { echo(n: $n) }", """{"n":null}""", "n=")]
    [InlineData("query($n: Int = 3) { echo(n: $n) }", "{}", "n=3")]
    [InlineData("query($n: Int) { echo(n: $n) }", """{"n":4,"unknown":1}""", "n=4")]
    [InlineData("query($l: [Int!]) { echo(list: $l) }", """{"l":8}""", "n=7 list=[8]")]
    [InlineData("query($y: Int) { echo(point: {x: 1, y: $y, label: null}) }", null, "n=7 point={x=1,y=5,label=}")]
    [InlineData("query($p: Point) { echo(point: $p) }", """{"p":{"x":2,"y":null}}""", "n=7 point={x=2,y=}")]
    public async Task Arguments_are_coerced(string document, string? variables, string expected) =>
        Assert.Equal($$"""{"echo":"{{expected}}"}""", await Echo().Short(document, variables));

    [Theory]
    [InlineData("query($n: Int!) { echo(n: $n) }", "{}")]
    [InlineData("query($n: Int!) { echo(n: $n) }", """{"n":null}""")]
    [InlineData("query($n: Int) { echo(n: $n) }", """{"n":"4"}""")]
    [InlineData("query($p: Point) { echo(point: $p) }", """{"p":{"y":1}}""")]
    [InlineData("query($p: Point) { echo(point: $p) }", """{"p":{"x":1,"z":1}}""")]
    [InlineData("query($l: [Int!]) { echo(list: $l) }", """{"l":[1,null]}""")]
    [InlineData("query($n: Int) { echo(n: $n) }", "[]")]
    [InlineData("query($p: Point) { echo(point: $p) }", """{"p":{"x":1,"label":"\ud800"}}""")]
    [InlineData("query($p: Point) { echo(point: $p) }", """{"p":{"x":1,"\udc00":1}}""")]
    public async Task A_wrong_variable_is_an_error_of_the_request(string document, string variables)
    {
        var executor = Echo();
        var request = GraphQLRequest.FromText(document, executor.Services, variables);

        using var result = await executor.Executor.ExecuteAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(RequestErrorKind.Variables, result.Failure);
        Assert.DoesNotContain("\"data\"", result.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", """{"code":"GRAPHQL_VARIABLE","variable":"p"}""")]
    [InlineData("[]", """{"code":"GRAPHQL_VARIABLE"}""")]
    [InlineData(
        """{"p":{"x":"one"}}""", """{"code":"GRAPHQL_VARIABLE","variable":"p","inputPath":["x"]}""")]
    public async Task The_error_names_the_variable_and_the_way_into_it(string variables, string expected)
    {
        var answer = JsonElement.Parse(await Echo().Answer("query ($p: Point!) { echo(point: $p) }", variables));

        Assert.Equal(expected, answer.GetProperty("errors")[0].GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task Only_the_first_wrong_variables_are_told()
    {
        var numbers = Enumerable.Range(0, 10).ToArray();
        var defined = string.Join(' ', numbers.Select(i => $"$v{i}: Int!"));
        var used = string.Join(' ', numbers.Select(i => $"$v{i}"));
        var answer = JsonElement.Parse(await Echo().Answer($"query ({defined}) {{ echo(list: [{used}]) }}"));

        Assert.Equal(5, answer.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Null_for_an_argument_that_must_not_be_null_is_an_error_of_the_field() => Assert.StartsWith(
        """{"strict":null} | strict: """,
        await Echo().Short("query($n: Int = 1) { strict(n: $n) }", """{"n":null}"""),
        StringComparison.Ordinal);

    private static TestExecutor Echo() => new TestExecutor(Sdl)
        .Sync("Query.strict", context => Text(context.Argument<int>("n")))
        .Sync("Query.echo", context => string.Join(' ', Names
            .Where(context.HasArgument)
            .Select(name => $"{name}={Text(context.Argument<object>(name))}")));

    private static string Text(object? value) => value switch
    {
        object?[] items => $"[{string.Join(',', items.Select(Text))}]",
        IReadOnlyDictionary<string, object?> fields =>
            $"{{{string.Join(',', fields.Select(field => $"{field.Key}={Text(field.Value)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
