using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Conventions;
using K12Hub.GraphQL.Tests.Diagnostics;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Security;

/// <summary>What is refused for its price, and how it is said.</summary>
[Collection(TelemetryTests.OneAtATime)]
public sealed class CostLimitTests
{
    private static readonly Library Books = new();

    [Fact]
    public async Task A_thousand_objects_are_answered_and_one_more_is_not()
    {
        const string Document = "query ($n: Int) { byIds(ids: []) { title } books(first: $n) { nodes { title } } }";
        Assert.Equal("", await Code(Document, """{"n": 998}"""));
        Assert.Equal("GRAPHQL_LIMIT_COST", await Code(Document, """{"n": 999}"""));
    }

    [Fact]
    public async Task A_field_cost_of_a_thousand_is_answered_and_a_tenth_more_is_not()
    {
        var limits = new CostLimits { MaxFieldCost = 61 };
        const string Document = "{ books(first: 50) { nodes { author { name } } } }";
        Assert.Equal("", await Code(Document, library: new Library(limits)));
        Assert.Equal(
            "GRAPHQL_LIMIT_COST", await Code(Document, library: new Library(limits with { MaxFieldCost = 60.9 })));
    }

    [Fact]
    public async Task The_error_names_field_and_place_and_limit_and_price_and_the_way_out()
    {
        var answer = await Books.Answer(
            "query ($n: Int) {\n  books(first: $n) { nodes { author { name }\n similar(first: $n) "
                + "{ nodes { title author { name } } } } } }",
            """{"n": 100}""");

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            "The operation has a field cost of 10,311; at most 1,000 is allowed, which is passed at Book.author. "
                + "Ask for smaller pages, or for less below them.",
            error.GetProperty("message").GetString());
        Assert.Equal(
            """{"code":"GRAPHQL_LIMIT_COST","coordinate":"Book.author","measure":"fieldCost","limit":1000,"""
                + "\"actual\":10311}",
            error.GetProperty("extensions").GetRawText());
        Assert.Equal("""[{"line":3,"column":37}]""", error.GetProperty("locations").GetRawText());
        Assert.False(answer.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Nothing_is_resolved_before_the_price_is_known()
    {
        var asked = 0;
        var executor = new TestExecutor("type Query { list(first: Int): [Query!]  n: Int }")
            .Sync("Query.list", _ =>
            {
                asked++;
                return Array.Empty<object>();
            });
        executor.Builder.ModifyOptions(options => options.Cost = new CostLimits { AssumedListSize = 100 });

        Assert.Contains("GRAPHQL_LIMIT_COST", await executor.Answer("{ list { list { list { n } } } }"));
        Assert.Equal(0, asked);
        Assert.DoesNotContain("errors", await executor.Answer("{ list { n } }"));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("{ top(n: 5) { title } }", "{}", "")]
    [InlineData("query ($n: Int, $m: Int) { top(n: $n, m: $m) { title } }", """{"m": 5}""", "")]
    [InlineData("{ top { title } }", "{}", "GRAPHQL_SLICING_ARGUMENT")]
    [InlineData("{ top(n: null) { title } }", "{}", "GRAPHQL_SLICING_ARGUMENT")]
    [InlineData("{ top(n: 5, m: 5) { title } }", "{}", "GRAPHQL_SLICING_ARGUMENT")]
    [InlineData(
        "query ($n: Int, $m: Int) { top(n: $n, m: $m) { title } }", """{"m": 5, "n": 2}""", "GRAPHQL_SLICING_ARGUMENT")]
    public async Task A_list_that_needs_one_bound_gets_one(string document, string variables, string code) =>
        Assert.Equal(code, await Code(document, variables));

    [Fact]
    public async Task The_price_comes_with_the_answer_or_alone_or_with_the_refusal()
    {
        const string Price = """{"operationCost":{"fieldCost":10,"typeCost":2}}""";
        var reported = await Books.Answer("{ book { title } }", mode: CostMode.Report);
        Assert.Equal(Price, reported.GetProperty("extensions").GetRawText());
        Assert.Equal("""{"book":null}""", reported.GetProperty("data").GetRawText());

        var alone = await Books.Answer("{ book { title } }", mode: CostMode.Validate);
        Assert.Equal($$"""{"extensions":{{Price}}}""", alone.GetRawText());

        var refused = await Books.Answer("{ books(first: 2000) { nodes { title } } }", mode: CostMode.Report);
        Assert.Equal(
            """{"operationCost":{"fieldCost":11,"typeCost":2002}}""", refused.GetProperty("extensions").GetRawText());
        Assert.Equal(1, refused.GetProperty("errors").GetArrayLength());

        var silent = await Books.Answer("{ book { title } }");
        Assert.False(silent.TryGetProperty("extensions", out _));
    }

    [Fact]
    public void Pricing_a_request_allocates_nothing()
    {
        var (operation, request) = Prepared(
            "query ($n: Int, $w: StudentFilterInput) { students(first: $n, where: $w) { nodes { school { name } } } }",
            """{"n": 3, "w": {"and": [{"familyName": {"eq": "Ortiz"}}, {"grade": {"in": [1, 2, 3]}}]}}""");
        var (values, errors) = operation.CoerceVariables(request);
        Assert.Empty(errors);
        var price = operation.PlanFor(values).Price;
        for (var i = 0; i < 100; i++) Assert.Null(price.Check(values, request.Variables.Span, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) price.Check(values, request.Variables.Span, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Fragments_do_not_multiply_the_work_of_pricing()
    {
        // 2^20 ways lead to the last field; each response name below each other is one step.
        var fan = Enumerable.Range(0, 20).Select(
            i => $"fragment F{i} on School {{ ...F{i + 1} ... {{ ...F{i + 1} }} }}");
        var (operation, _) = Prepared(
            $"{{ node(id: \"x\") {{ ...F0 }} }} {string.Join('\n', fan)} fragment F20 on School {{ name }}", "{}");
        var price = operation.PlanFor(VariableCoercer.None).Price;
        Assert.Null(price.Check(VariableCoercer.None, [], out var cost));
        Assert.Equal(new OperationCost(10, 2), cost);
    }

    private static (PreparedOperation Operation, GraphQLRequest Request) Prepared(string text, string variables)
    {
        var document = Parser.Parse(text);
        var prepared = new PreparedDocument(new SchoolHarness().Schema, document, new RequestExecutorOptions());
        return (prepared.Find(null), GraphQLRequest.FromText(text, new TestServices(), variables));
    }

    private static async Task<string> Code(string document, string? variables = null, Library? library = null)
    {
        var answer = await (library ?? Books).Answer(document, variables, CostMode.Validate);
        return answer.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString()!
            : "";
    }
}
