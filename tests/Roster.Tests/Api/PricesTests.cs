using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Roster.Tests;

/// <summary>What people ask for is far below the limits on cost, and what nobody needs is refused. No database: a price
/// comes before any query.</summary>
public sealed class PricesTests
{
    [Theory]
    [InlineData("{ schools(first: 5) { totalCount nodes { name } } }", 21, 7)]
    [InlineData(
        "{ students(first: 5) { nodes { givenName familyName grade school { name } guardians { familyName } } } }",
        21, 27)]
    [InlineData(
        """
        query Page($after: String) { students(first: 50, after: $after) {
          nodes { id givenName familyName grade email school { id name } guardians { id givenName familyName phone } }
          pageInfo { hasNextPage endCursor } } }
        """,
        112, 253)]
    [InlineData(
        """
        { students(first: 20, where: { familyName: { startsWith: "Or" } }, order: [{ familyName: ASC }]) {
            totalCount nodes { givenName enrollments { nodes { class { title } } } } } }
        """,
        264, 442)]
    [InlineData("{ syncRuns(first: 1) { nodes { status startedAt counts { collection added } } } }", 12, 13)]
    public async Task Ordinary_questions_have_modest_prices(string query, double fields, double types)
    {
        var answer = await Price(query);
        Assert.False(answer.TryGetProperty("errors", out _));
        var cost = answer.GetProperty("extensions").GetProperty("operationCost");
        Assert.Equal(
            (fields, types), (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble()));
    }

    [Theory]
    [InlineData("{ students(first: 100) { nodes { enrollments(first: 100) { nodes { role } } } } }")]
    [InlineData(
        """
        { schools(first: 10) { nodes { classes(first: 20) { nodes { students(first: 30) { nodes { student {
          guardians { familyName } } } } } } } } }
        """)]
    [InlineData(
        """
        { guardians(first: 100) { nodes { students { guardians { students { guardians { students { familyName
          } } } } } } } }
        """)]
    public async Task Trees_that_multiply_are_refused(string query)
    {
        var error = (await Price(query)).GetProperty("errors")[0];
        Assert.Equal("GRAPHQL_LIMIT_COST", error.GetProperty("extensions").GetProperty("code").GetString());
    }

    private static async Task<JsonElement> Price(string query)
    {
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build()).AddRoster();
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        await using var provider = services.BuildServiceProvider();
        var request = GraphQLRequest.FromText(query, provider) with { Cost = CostMode.Validate };
        using var result = await graphQL.Build().ExecuteAsync(request, TestContext.Current.CancellationToken);
        return JsonElement.Parse(result.ToJson());
    }
}
