using System.Net;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class LimitTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_body_beyond_the_limit_is_413(bool chunked)
    {
        await using var server = await TestServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent($$"""{"query":"{ hello }","pad":"{{new string('x', 70_000)}}"}"""),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(nameof(GraphQLHttpOptions.MaxBodyBytes), 40, "HTTP_BODY_TOO_LARGE", "bodyBytes")]
    [InlineData(nameof(GraphQLHttpOptions.MaxJsonDepth), 3, "HTTP_NOT_JSON", "jsonDepth")]
    public async Task The_error_names_the_limit_and_the_limit_can_be_raised(
        string option, int limit, string code, string measure)
    {
        const string Body = """{"query":"{ hello }","variables":{"a":[[[1]]]}}""";
        void Set(GraphQLHttpOptions options, int value) =>
            typeof(GraphQLHttpOptions).GetProperty(option)!.SetValue(options, value);

        await using var strict = await TestServer.Start(options => Set(options, limit));
        var (_, refused) = await TestServer.Read(strict.Post(Body));
        await using var loose = await TestServer.Start(options => Set(options, 10 * limit));
        var (status, _) = await TestServer.Read(loose.Post(Body));

        Assert.Contains(
            $"\"code\":\"{code}\",\"measure\":\"{measure}\",\"limit\":{limit},", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_body_announced_too_large_is_413_before_any_of_it_came()
    {
        await using var server = await TestServer.Start();
        await using var wire = await Wire.Connect(server.Endpoint);

        await wire.Send(Head("Content-Length: 100000"));

        Assert.StartsWith("HTTP/1.1 413", await wire.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_408()
    {
        await using var server = await TestServer.Start(o => o.BodyTimeout = TimeSpan.FromMilliseconds(50));
        await using var wire = await Wire.Connect(server.Endpoint);

        await wire.Send(Head("Content-Length: 30") + "{\"query\":");

        var answer = await wire.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("HTTP_BODY_TOO_SLOW", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /graphql?query=%LONG% HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 414")]
    [InlineData("GET /graphql HTTP/1.1\r\nHost: a\r\nX: %LONG%\r\n\r\n", "HTTP/1.1 431")]
    public async Task Addresses_and_headers_beyond_the_limit_are_refused(string request, string expected)
    {
        await using var server = await TestServer.Start();
        await using var wire = await Wire.Connect(server.Endpoint);

        await wire.Send(request.Replace("%LONG%", new string('x', 40_000), StringComparison.Ordinal));

        Assert.StartsWith(expected, await wire.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_server_says_when_to_come_back()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.Start(
            options => (options.MaxConcurrentExecutions, options.MaxQueuedExecutions) = (1, 1), () => release.Task);
        var sent = Enumerable.Range(0, 3).Select(_ => server.Post("""{"query":"{ slow }"}""")).ToList();

        var first = await Task.WhenAny(sent);
        using var refused = await first;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);

        sent.Remove(first);
        release.SetResult();
        foreach (var waiting in sent) Assert.Equal(HttpStatusCode.OK, (await TestServer.Read(waiting)).Status);
    }

    private static string Head(string header) =>
        $"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{header}\r\n\r\n";
}
