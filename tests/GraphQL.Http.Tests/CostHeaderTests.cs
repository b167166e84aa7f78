using System.Net;
using System.Text;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class CostHeaderTests
{
    private const string Price = """{"operationCost":{"fieldCost":10,"typeCost":1}}""";

    [Theory]
    [InlineData("report", $$"""{"data":{"slow":"done"},"extensions":{{Price}}}""")]
    [InlineData("Report", $$"""{"data":{"slow":"done"},"extensions":{{Price}}}""")]
    [InlineData("validate", $$"""{"extensions":{{Price}}}""")]
    [InlineData(null, """{"data":{"slow":"done"}}""")]
    public async Task The_price_is_told_on_request(string? header, string expected)
    {
        var runs = 0;
        await using var server = await TestServer.Start(slow: () =>
        {
            runs++;
            return Task.CompletedTask;
        });
        var (status, body) = await Ask(server, "{ slow }", header);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, body);
        Assert.Equal(header is "validate" ? 0 : 1, runs);
    }

    [Theory]
    [InlineData("report", 1, $$"""{"data":{"slow":"done"},"extensions":{{Price}}}""")]
    [InlineData("validate", 0, $$"""{"extensions":{{Price}}}""")]
    [InlineData(null, 1, """{"data":{"slow":"done"}}""")]
    public async Task It_is_told_on_a_stream_as_well(string? header, int expectedRuns, string expected)
    {
        var runs = 0;
        await using var server = await TestServer.Start(slow: () =>
        {
            runs++;
            return Task.CompletedTask;
        });
        var (_, body) = await Ask(server, "{ slow }", header, "text/event-stream");

        Assert.Equal($":\n\nevent: next\ndata: {expected}\n\nevent: complete\ndata:\n\n", body);
        Assert.Equal(expectedRuns, runs);
    }

    [Fact]
    public async Task Another_word_is_refused()
    {
        await using var server = await TestServer.Start();
        var (status, body) = await Ask(server, "{ hello }", "tell");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"HTTP_COST_HEADER\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_above_the_limit_is_400_and_not_executed()
    {
        await using var server = await TestServer.Start(
            slow: () => throw new InvalidOperationException("must not run"),
            execution: options => options.Cost = new CostLimits { MaxFieldCost = 20 });
        var (status, body) = await Ask(server, "{ a: slow b: slow c: slow }", null);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"GRAPHQL_LIMIT_COST\"", body, StringComparison.Ordinal);
        Assert.Contains("Query.slow", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", body, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, string Body)> Ask(
        TestServer server, string query, string? header, string accept = "application/graphql-response+json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent($$"""{"query":"{{query}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Accept", accept);
        if (header is not null) request.Headers.Add("GraphQL-Cost", header);
        return TestServer.Read(server.Client.SendAsync(request));
    }
}
