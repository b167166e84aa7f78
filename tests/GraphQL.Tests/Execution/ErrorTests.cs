using System.Text.Json;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class ErrorTests
{
    private const string Sdl = "type Query { name: String  names: [String] color: Color } enum Color { RED }";

    [Fact]
    public async Task An_error_names_message_place_path_and_code() => Assert.Equal(
        """{"errors":[{"message":"Nobody.","locations":[{"line":2,"column":3}],"path":["who"],"extensions":"""
        + """{"code":"NO_NAME"}}],"data":{"who":null}}""",
        await new TestExecutor(Sdl)
            .Sync("Query.name", _ => throw new GraphQLException("Nobody.", "NO_NAME"))
            .Answer("{\n  who: name\n}"));

    [Fact]
    public async Task A_field_selected_twice_names_both_places() => Assert.Contains(
        """[{"line":1,"column":3},{"line":1,"column":8}]""",
        await new TestExecutor(Sdl).Pure("Query.name", _ => throw new GraphQLException("x")).Answer("{ name name }"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_argument_is_an_error_of_its_field_at_its_value() => Assert.Equal(
        """{"errors":[{"message":"Argument \"id\" has an invalid value. Variable \"$v\" must not be null here.","""
        + "\"locations\":" + """[{"line":2,"column":17}],"path":["who"],"extensions":{"code":"GRAPHQL_ARGUMENT"}}],"""
        + "\"data\":{\"who\":null}}",
        await new TestExecutor("type Query { name(id: Int!): String }")
            .Sync("Query.name", _ => "Ana")
            .Answer("query($v: Int = 1) {\n  who: name(id: $v)\n}", """{"v":null}"""));

    [Fact]
    public async Task An_unexpected_exception_is_not_told()
    {
        var answer = await new TestExecutor(Sdl)
            .Pure("Query.name", _ => throw new InvalidOperationException("password is hunter2"))
            .Answer("{ name }");

        Assert.DoesNotContain("hunter2", answer, StringComparison.Ordinal);
        var error = JsonElement.Parse(answer).GetProperty("errors")[0];
        Assert.Equal("Unexpected Execution Error", error.GetProperty("message").GetString());
        Assert.Equal(32, error.GetProperty("extensions").GetProperty("traceId").GetString()!.Length);
    }

    [Fact]
    public async Task Developers_may_be_told_everything()
    {
        var executor = new TestExecutor(Sdl).Pure("Query.name", _ => throw new InvalidOperationException("the reason"));
        executor.Builder.ModifyOptions(options => options.IncludeExceptionDetails = true);

        Assert.Contains("the reason", await executor.Answer("{ name }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_sees_what_was_thrown_and_changes_what_is_told()
    {
        var filter = new Translator();
        var executor = new TestExecutor(Sdl).Pure("Query.name", _ => throw new TimeoutException());
        executor.Builder.ModifyOptions(options => options.ErrorFilter = filter);

        Assert.Equal("""{"name":null} | name: later, please""", await executor.Short("{ name }"));
        Assert.IsType<TimeoutException>(filter.Seen);
    }

    [Fact]
    public async Task A_value_its_type_cannot_represent_is_an_error_of_the_field()
    {
        var executor = new TestExecutor(Sdl).Pure("Query.color", _ => "BLUE").Pure("Query.names", _ => 5);

        Assert.Equal(
            """{"color":null,"names":null} | color: Enum "Color" has no name for what was returned."""
            + """ | names: Expected a list for field "Query.names".""",
            await executor.Short("{ color names }"));
    }

    [Theory]
    [InlineData("strict", null, "GRAPHQL_NULL")]
    [InlineData("items", new[] { "a", null }, "GRAPHQL_NULL")]
    [InlineData("items", "no list", "GRAPHQL_RESULT")]
    [InlineData("number", "no number", "GRAPHQL_RESULT")]
    [InlineData("number", double.NaN, "GRAPHQL_RESULT")]
    [InlineData("color", "BLUE", "GRAPHQL_RESULT")]
    [InlineData("pet { name }", "no pet", "GRAPHQL_RESULT")]
    [InlineData("pet { name }", "Query", "GRAPHQL_RESULT")]
    public async Task What_a_resolver_may_not_return_has_a_code_and_is_not_told(
        string selection, object? value, string code)
    {
        var name = selection.Split(' ')[0];
        var executor = new TestExecutor("""
            type Query { strict: Int!  items: [String!]  number: Int  color: Color  pet: Pet }
            enum Color { RED }  interface Pet { name: String }
            """).Pure($"Query.{name}", _ => value is "Query" ? Typed("Query") : value);

        var error = JsonElement.Parse(await executor.Answer($$"""{ {{selection}} }""")).GetProperty("errors")[0];

        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        if (value is string told and not "Query")
        {
            Assert.DoesNotContain(told, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_leaf_that_is_no_number_has_a_code_as_well() => Assert.Contains(
        "GRAPHQL_RESULT",
        await new TestExecutor("type Query { share: Float }")
            .Leaf("Query.share", (object _, ref JsonArena json) => json.WriteNumber(double.NaN))
            .Answer("{ share }"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_required_argument_without_a_value_has_a_code() => Assert.Contains(
        "\"extensions\":{\"code\":\"GRAPHQL_ARGUMENT\"}",
        await new TestExecutor("type Query { name(id: Int!): String }")
            .Sync("Query.name", _ => "Ana")
            .Answer("query($v: Int = 1) { name(id: $v) }", """{"v":null}"""),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_type_that_cannot_be_told_leaves_the_response_whole() => Assert.Equal(
        """{"later":{"n":1,"pet":null,"n2":1}} | later.pet: No object type of the schema stands for what was returned"""
        + """ for abstract type "Pet".""",
        await new TestExecutor("type Query { later: Home } type Home { n: Int pet: Pet } interface Pet { a: Int }")
            .Async("Query.later", async _ =>
            {
                await Task.Yield();
                return JsonElement.Parse("""{"n":1,"pet":{"__typename":5}}""");
            })
            .Short("{ later { n pet { a } n2: n } }"));

    [Theory]
    [InlineData("text")]
    [InlineData(7)]
    [InlineData(null)]
    public async Task Neither_text_nor_a_map_is_a_list(object? value)
    {
        value ??= new Dictionary<string, object?> { ["a"] = "b" };

        Assert.Equal(
            """{"names":null} | names: Expected a list for field "Query.names".""",
            await new TestExecutor(Sdl).Pure("Query.names", _ => value).Short("{ names }"));
    }

    [Fact]
    public async Task A_leaf_that_fails_half_way_leaves_nothing_behind() => Assert.Equal(
        """{"name":null,"b":null} | b: half | name: half""",
        await new TestExecutor(Sdl)
            .Leaf("Query.name", (object _, ref JsonArena json) =>
            {
                json.WriteRaw("\"half a na"u8);
                throw new GraphQLException("half");
            })
            .Short("{ name b: name }"));

    [Fact]
    public async Task A_response_beyond_the_limit_is_one_error()
    {
        var megabyte = new string('x', 1024 * 1024);
        var executor = new TestExecutor(Sdl).Pure("Query.names", _ => Enumerable.Repeat(megabyte, 20));

        var answer = await executor.Answer("{ names }");

        Assert.Contains("RESPONSE_TOO_LARGE", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
        Assert.Equal("""{"color":null}""", await executor.Short("{ color }"));
    }

    private static Dictionary<string, object?> Typed(string type) => new() { ["__typename"] = type };

    private sealed class Translator : IErrorFilter
    {
        public Exception? Seen { get; private set; }

        public GraphQLError Apply(GraphQLError fieldError)
        {
            Seen = fieldError.Exception;
            return fieldError with { Message = "later, please" };
        }
    }
}
