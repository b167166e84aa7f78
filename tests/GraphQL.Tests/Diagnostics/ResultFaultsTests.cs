using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.Testing;

namespace K12Hub.GraphQL.Tests.Diagnostics;

/// <summary>What a resolver gives against the schema is told to a log, but not at every request.</summary>
public sealed class ResultFaultsTests : IErrorFilter
{
    private readonly ManualTime time = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> news = [];
    private readonly ResultFaults faults;
    private readonly TestExecutor executor;

    public ResultFaultsTests()
    {
        faults = new ResultFaults(time);
        executor = new TestExecutor("type Query { must: Int!  items: [Int]  refused: Int  broken: Int }")
            .Pure("Query.must", _ => null)
            .Pure("Query.items", _ => Enumerable.Repeat<object>("no number", 2))
            .Pure("Query.refused", _ => throw new GraphQLException("No.", "NO"))
            .Pure("Query.broken", _ => throw new InvalidOperationException("broken"));
        executor.Builder.ModifyOptions(options => options.ErrorFilter = this);
    }

    [Theory]
    [InlineData("{ must }", "Query.must GRAPHQL_NULL")]
    [InlineData("{ a: items b: items }", "Query.items GRAPHQL_RESULT")]
    [InlineData("{ refused broken }", null)]
    public async Task A_field_is_told_once_and_the_mistakes_of_others_never(string document, string? told)
    {
        await executor.Answer(document);
        await executor.Answer(document);

        Assert.Equal(told is null ? [] : [told], news);
    }

    [Fact]
    public async Task After_a_pause_it_is_told_again()
    {
        await executor.Answer("{ items }");
        time.Advance(ResultFaults.Pause - TimeSpan.FromSeconds(1));
        await executor.Answer("{ items }");
        Assert.Single(news);

        time.Advance(TimeSpan.FromSeconds(1));
        await executor.Answer("{ items }");
        Assert.Equal(2, news.Count);
    }

    GraphQLError IErrorFilter.Apply(GraphQLError fieldError)
    {
        if (faults.IsNews(fieldError)) news.Add($"{fieldError.Coordinate} {fieldError.Code}");
        return fieldError;
    }
}
