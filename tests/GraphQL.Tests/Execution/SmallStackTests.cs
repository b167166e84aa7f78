using System.Runtime.ExceptionServices;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>
/// The worst documents on a thread with 512 KB of stack: each is answered, by a limit where it passes one. A stack that
/// overflows ends the process, so a failure here is a test run that breaks off.
/// </summary>
public sealed class SmallStackTests
{
    private const int SmallStack = 512 * 1024;
    private const int MaxBytes = 64 * 1024;

    private const string Sdl = """
        type Query { q: Query  leaf(x: [[[[Int]]]], i: In, any: Any): Int }
        input In { in: In  ins: [In]  n: Int }
        scalar Any
        """;

    private static readonly Schema Schema = SchemaBuilder.FromSdl(Sdl).GetSchemaOrThrow();

    [Theory]
    [InlineData("{ q ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ ... ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ leaf(any: ", "GRAPHQL_SYNTAX")]
    [InlineData("{ leaf(any: [", "GRAPHQL_SYNTAX")]
    [InlineData("{", "GRAPHQL_SYNTAX")]
    [InlineData("{ leaf(any: |[", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ leaf(any: |{ a: ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ leaf(i: |{ in: { ins: [", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("query ($v: |[", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("query ($v: Any = |[", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("query ($v: Any = |{ a: ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ leaf @d(a: |[{ b: ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("{ a |@a ", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("type A { a(b: |[", "GRAPHQL_PARSER_LIMIT")]
    [InlineData("|\"\"\"", "GRAPHQL_SYNTAX")]
    public void A_flood_of_brackets_ends_at_a_limit(string flood, string code)
    {
        var parts = flood.Split('|');
        var (start, repeated) = parts.Length == 2 ? (parts[0], parts[1]) : ("", flood);
        var times = (MaxBytes - start.Length) / repeated.Length;

        Assert.Contains(code, Answer(start + Repeat(repeated, times)), StringComparison.Ordinal);
    }

    // Without a limit of tokens, as for the trusted documents of a server.
    [Theory]
    [InlineData("Query", 0, "GRAPHQL_LIMIT_NESTING")]
    [InlineData("Query", 60, "GRAPHQL_LIMIT_NESTING")]
    [InlineData("__Schema", 0, "MaxIntrospectionDepth")]
    [InlineData("__Schema", 60, "MaxIntrospectionDepth")]
    public void A_long_chain_of_fragments_ends_at_a_limit(string type, int inlineFragments, string rule)
    {
        var (open, close) = (Repeat("...{", inlineFragments), new string('}', inlineFragments));
        var document = new StringBuilder(type is "Query" ? "{ ...F0 }" : "{ __schema { ...F0 } }");
        var number = 0;
        while (document.Length < MaxBytes - 400)
        {
            document.Append($"fragment F{number++} on {type}{{{open}...F{number}{close}}}");
        }

        document.Append($"fragment F{number} on {type}{{__typename}}");

        Assert.Contains(Rules(document.ToString()), found => found.Contains(rule, StringComparison.Ordinal));
        Assert.StartsWith("{\"errors\"", Answer(document.ToString(), parser: ParserLimits.Trusted));
    }

    [Fact]
    public void Fragments_in_a_circle_are_an_error() => Assert.Contains(
        "GRAPHQL_VALIDATION",
        Answer("{ ...A } " + string.Concat(Enumerable.Range(0, 1_000).Select(
            i => $"fragment F{i} on Query {{ ...F{(i + 1) % 1_000} }} ")) + "fragment A on Query { ...F0 }"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Any", "[", "]")]
    [InlineData("In", "{\"in\":", "}")]
    [InlineData("[[[[Int]]]]", "[", "]")]
    public void Variables_nested_without_end_are_refused(string type, string open, string close)
    {
        var variables = $"{{\"v\":{Repeat(open, 10_000)}1{Repeat(close, 10_000)}}}";
        var argument = type switch { "Any" => "any", "In" => "i", _ => "x" };

        Assert.StartsWith("{\"errors\"", Answer($"query($v: {type}) {{ leaf({argument}: $v) }}", variables));
    }

    [Fact]
    public void What_the_limits_allow_is_read_checked_printed_and_executed()
    {
        var value = Repeat("{ in: { ins: [", 19) + "{ n: 1 }" + Repeat("] } }", 19);
        var lists = Repeat("[", 58) + Repeat("]", 58);
        var document = $"{{ {Repeat("q { ", 3)} leaf(i: {value}, any: {lists}) {Repeat("} ", 3)} }}";

        OnSmallStack(() => Assert.Equal(
            Printer.Print(Parser.Parse(document)), Printer.Print(Parser.Parse(Printer.Print(Parser.Parse(document))))));
        Assert.Equal("""{"data":{"q":{"q":{"q":{"leaf":7}}}}}""", Answer(document));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Answer(
        string document, string? variables = null, ParserLimits? parser = null) => OnSmallStack(() =>
    {
        var executor = new TestExecutor(Sdl).Pure("Query.q", root => root).Sync("Query.leaf", _ => 7);
        executor.Builder.ModifyOptions(options =>
        {
            options.AllowIntrospection = true;
            options.Parser = parser ?? ParserLimits.Default;
        });
        var request = GraphQLRequest.FromText(document, executor.Services, variables);
        var pending = executor.Executor.ExecuteAsync(request);
        Assert.True(pending.IsCompleted);
        using var result = pending.Result;
        return result.ToJson();
    });

    private static List<string> Rules(string document) => OnSmallStack(() => DocumentValidator
        .Validate(Schema, Parser.Parse(document, ParserLimits.Trusted))
        .Select(error => $"{error.Rule} {error.Code}")
        .ToList());

    private static void OnSmallStack(Action action) => OnSmallStack(() =>
    {
        action();
        return true;
    });

    private static T OnSmallStack<T>(Func<T> action)
    {
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = action();
                }
                catch (Exception thrown)
                {
                    failure = ExceptionDispatchInfo.Capture(thrown);
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
