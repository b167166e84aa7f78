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
}
