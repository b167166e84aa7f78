using System.Net;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class GetTests
{
    private static readonly (string, string) Preflight = ("GraphQL-Preflight", "1");

    [Theory]
    [InlineData(AllowedGetOperations.None)]
    [InlineData(AllowedGetOperations.TrustedDocuments)]
    public async Task A_document_cannot_come_by_GET_unless_that_is_switched_on(AllowedGetOperations allowed)
    {
        await using var server = await TestServer.Start(options => options.AllowedGetOperations = allowed);
        using var response = await server.Get("query={hello}", Preflight);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_link_cannot_ask_in_a_visitors_name()
    {
        await using var server = await TestServer.Start(AnyQuery);

        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.Read(server.Get("query={hello}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await TestServer.Read(server.Get("query={hello}", Preflight))).Status);
    }

    [Fact]
    public async Task The_preflight_header_may_have_another_name()
    {
        await using var server = await TestServer.Start(options =>
        {
            AnyQuery(options);
            options.PreflightHeader = "X-Ours";
        });

        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.Read(server.Get("query={hello}", Preflight))).Status);
        Assert.Equal(HttpStatusCode.OK, (await TestServer.Read(server.Get("query={hello}", ("X-Ours", "1")))).Status);
    }

    [Fact]
    public async Task Variables_and_extensions_are_JSON_and_empty_is_missing()
    {
        await using var server = await TestServer.Start(AnyQuery);
        var query = Uri.EscapeDataString("query A($t: String!) { echo(text: $t) } query B { hello }");
        var variables = Uri.EscapeDataString("""{"t":"x"}""");

        var (_, text) = await TestServer.Read(server.Get(
            $"query={query}&operationName=A&variables={variables}&extensions=", Preflight));

        Assert.Equal("""{"data":{"echo":"x"}}""", text);
    }

    [Theory]
    [InlineData("query=", HttpStatusCode.BadRequest)]
    [InlineData("query={hello}&variables=1", HttpStatusCode.BadRequest)]
    [InlineData("query={hello}&variables={", HttpStatusCode.BadRequest)]
    [InlineData("query={hello}&extensions={\"\\ud800 is no text\":1}", HttpStatusCode.BadRequest)]
    [InlineData("query={hello}&query={hello}", HttpStatusCode.BadRequest)]
    [InlineData("query={hello}&operationName=null", HttpStatusCode.BadRequest)]
    [InlineData("query=mutation{touch}", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_wrong_is_refused(string query, HttpStatusCode expected)
    {
        await using var server = await TestServer.Start(AnyQuery);

        Assert.Equal(expected, (await TestServer.Read(server.Get(query, Preflight))).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        await using var server = await TestServer.Start(AnyQuery);
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Endpoint);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
    }

    private static void AnyQuery(GraphQLHttpOptions options) =>
        options.AllowedGetOperations = AllowedGetOperations.Query;
}
