using System.Globalization;
using System.Reflection;
using System.Text.Json;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Limits;

/// <summary>Whoever passes a limit is told which, by how much and where; and each limit is an option.</summary>
public sealed class LimitErrorTests
{
    private const string Sdl = """
        scalar Any
        type Query { school: School  echo(any: Any, list: [Int!]): Int  later: Int  big: [Int!] }
        type School { name: String  rector: Person }
        type Person { name: String  friend: Person }
        """;

    private const string WithList = "query ($l: [Int!], $a: Any) { echo(list: $l, any: $a) }";

    public static TheoryData<string, string, string, string?, string, string> Probes => new()
    {
        { "Parser.MaxBytes", "10", "{ echo a: echo }", null, LimitCode.Parser, "16 at 1:1" },
        { "Parser.MaxTokens", "3", "{ echo a: echo }", null, LimitCode.Parser, "4 at 1:9" },
        { "Parser.MaxDepth", "2", "{ school { rector { name } } }", null, LimitCode.Parser, "3 at 1:19" },
        { "Parser.MaxDirectives", "1", "{ echo @skip(if: false) @include(if: true) }", null, LimitCode.Parser,
            "2 at 1:25" },
        { "Validation.MaxDepth", "2", "{ school { rector { name } } }", null, LimitCode.Depth,
            "3 in Person.name at 1:21" },
        { "Validation.MaxRepetition", "1", "{ school { rector { friend { friend { name } } } } }", null,
            LimitCode.Repetition, "2 in Person.friend at 1:30" },
        { "Validation.MaxFields", "3", "{ school { name rector { __typename } } }", null, LimitCode.Fields,
            "4 in Person.__typename at 1:26" },
        { "Validation.MaxAliases", "1", "{ school { a: name b: name c: name } }", null, LimitCode.Aliases,
            "3 in School.name at 1:12" },
        { "Validation.MaxRootFields", "1", "{ a: echo b: echo }", null, LimitCode.RootFields,
            "2 in Query.echo at 1:11" },
        { "Validation.MaxFragmentVisits", "1",
            "{ ...F school { ...G } } fragment F on Query { echo } fragment G on School { name }", null,
            LimitCode.Fragments, "2 in School at 1:17" },
        { "Validation.MaxNesting", "2", "{ school { ... on School { name } } }", null, LimitCode.Nesting,
            "3 in School at 1:26" },
        { "Validation.MaxMergeComparisons", "3", "{ a: echo b: echo c: echo d: echo }", null, LimitCode.Merge,
            "4 at 1:1" },
        { "Validation.MaxIntrospectionDepth", "1",
            """{ __type(name: "School") { fields { type { fields { name } } } } }""", null, LimitCode.Introspection,
            "2 in Query.__type at 1:3" },
        { "Variables.MaxBytes", "8", WithList, """{"l":[1]}""", LimitCode.Variables, "9" },
        { "Variables.MaxDepth", "2", WithList, """{"l":[1],"a":{"b":[1]}}""", LimitCode.Variables, "3 in $a at 1:20" },
        { "Variables.MaxListLength", "1", WithList, """{"l":[1,2]}""", LimitCode.Variables, "2 in $l at 1:8" },
        { "Variables.MaxValues", "3", WithList, """{"l":[1,2],"a":{"b":1}}""", LimitCode.Variables,
            "4 in $a at 1:20" },
        { "Cost.MaxFieldCost", "9", "{ later }", null, LimitCode.Cost, "10 in Query.later at 1:3" },
        { "Cost.MaxTypeCost", "1", "{ school { name } }", null, LimitCode.Cost, "2 in Query.school at 1:3" },
        { "MaxResponseBytes", "1024", "{ big }", null, LimitCode.Response, "1029 in big.202" },
    };

    [Theory]
    [MemberData(nameof(Probes))]
    public async Task The_error_names_limit_and_measured_value_and_place_and_the_limit_can_be_raised(
        string option, string limit, string document, string? variables, string code, string expected)
    {
        var refused = Assert.Single(await Errors(document, variables, option, limit));
        var extensions = refused.GetProperty("extensions");
        Assert.Equal(code, extensions.GetProperty("code").GetString());
        Assert.Equal(Measure(option), extensions.GetProperty("measure").GetString(), ignoreCase: true);
        Assert.Equal(limit, extensions.GetProperty("limit").GetRawText());
        Assert.Equal(expected, Summary(refused, extensions));
        Assert.Contains(limit, refused.GetProperty("message").GetString()!.Replace(",", "", StringComparison.Ordinal));

        Assert.Empty(await Errors(document, variables, option, $"{limit}0"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_says_how_long_it_may_take()
    {
        var error = Assert.Single(await Errors("{ never: later }", null, "ExecutionTimeout", "00:00:00.020"));

        var extensions = error.GetProperty("extensions");
        Assert.Equal(LimitCode.Time, extensions.GetProperty("code").GetString());
        Assert.Equal("executionSeconds", extensions.GetProperty("measure").GetString());
        Assert.Equal(0.02, extensions.GetProperty("limit").GetDouble());
        Assert.True(extensions.GetProperty("actual").GetDouble() >= 0.02);
    }

    [Fact]
    public async Task Errors_count_as_part_of_the_response()
    {
        var executor = new TestExecutor("type Query { all: [Int] }")
            .Pure("Query.all", _ => Enumerable.Repeat<object>("no number", 100));
        executor.Builder.ModifyOptions(options => options.MaxResponseBytes = 2_000);

        var answer = await executor.Answer("{ all }");

        Assert.Contains(LimitCode.Response, answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 1_000, answer);
    }

    [Fact]
    public async Task A_long_alias_counts_in_the_path_of_every_error()
    {
        var alias = new string('a', 500);
        var executor = new TestExecutor("type Query { all: [Int] }")
            .Pure("Query.all", _ => Enumerable.Repeat<object>("no number", 10));
        executor.Builder.ModifyOptions(options => options.MaxResponseBytes = 4_000);

        Assert.Contains(
            LimitCode.Response, await executor.Answer($"{{ {alias}: all }}"), StringComparison.Ordinal);
        Assert.DoesNotContain(LimitCode.Response, await executor.Answer("{ a: all }"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Validation.MaxErrors", "2", "{ a b c }", 2, 1)]
    [InlineData("Validation.MaxErrors", "9", "{ a b c }", 3, 1)]
    [InlineData("Validation.MaxErrors", "2", "query ($l: [Int!] = [1]) { echo(list: $l) }", 2, 1)]
    [InlineData("Validation.MaxErrors", "9", "query ($l: [Int!] = [1]) { echo(list: $l) }", 7, 1)]
    [InlineData("Validation.MaxLocations", "2", "query ($v: Any, $v: Any, $v: Any) { echo(any: $v) }", 1, 2)]
    [InlineData("Validation.MaxLocations", "9", "query ($v: Any, $v: Any, $v: Any) { echo(any: $v) }", 1, 3)]
    public async Task So_many_errors_and_places_are_told(
        string option, string limit, string document, int errors, int places)
    {
        var told = await Errors(document, """{"l":["a","a","a","a","a","a","a"]}""", option, limit);

        Assert.Equal(errors, told.Count);
        Assert.All(told, error => Assert.Equal(places, error.GetProperty("locations").GetArrayLength()));
    }

    [Fact]
    public void A_document_that_is_not_validated_may_not_have_more_fields_either()
    {
        var executor = new TestExecutor(Sdl);
        executor.Builder.ModifyOptions(options =>
        {
            options.Validation = options.Validation with { MaxFields = 2 };
            options.PersistedOperations.Documents = TrustedDocuments.Of("{ school { name rector { name } } }");
            options.PersistedOperations.Mode = PersistedOperationMode.Only;
            options.PersistedOperations.SkipPersistedDocumentValidation = true;
        });

        var refused = Assert.Throws<TrustedDocumentsException>(() => executor.Executor);

        Assert.Contains("too many fields, at School.name", refused.Message, StringComparison.Ordinal);
    }

    private static string Measure(string option) => option.Split('.')[^1]["Max".Length..];

    private static string Summary(JsonElement error, JsonElement extensions)
    {
        var summary = extensions.GetProperty("actual").GetRawText();
        if (extensions.TryGetProperty("coordinate", out var coordinate)) summary += $" in {coordinate}";
        if (extensions.TryGetProperty("variable", out var variable)) summary += $" in ${variable}";
        if (extensions.TryGetProperty("at", out var path)) summary += $" in {string.Join('.', path.EnumerateArray())}";
        if (!error.TryGetProperty("locations", out var locations)) return summary;
        return $"{summary} at {locations[0].GetProperty("line")}:{locations[0].GetProperty("column")}";
    }

    private static async Task<List<JsonElement>> Errors(string document, string? variables, string option, string value)
    {
        var never = document.Contains("never", StringComparison.Ordinal);
        var executor = new TestExecutor(Sdl)
            .Pure("Query.big", _ => Enumerable.Repeat(1234, 1_000))
            .Async("Query.later", async context =>
            {
                if (never) await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return 1;
            });
        executor.Builder.ModifyOptions(options =>
        {
            options.AllowIntrospection = true;
            Set(options, option.Split('.'), value);
        });

        var answer = JsonElement.Parse(await executor.Answer(document, variables));
        return answer.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray()] : [];
    }

    private static void Set(object options, ReadOnlySpan<string> path, string value)
    {
        var property = options.GetType().GetProperty(path[0], BindingFlags.Public | BindingFlags.Instance)!;
        if (path.Length == 1)
        {
            property.SetValue(options, property.PropertyType == typeof(TimeSpan)
                ? TimeSpan.Parse(value, CultureInfo.InvariantCulture)
                : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
            return;
        }

        // Copied first: the limits of other tests must not change.
        var part = property.GetValue(options)!;
        var copy = part.GetType().GetMethod("<Clone>$")!.Invoke(part, null)!;
        Set(copy, path[1..], value);
        property.SetValue(options, copy);
    }
}
