using System.Net;
using System.Net.WebSockets;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

[Collection(Alone.Name)]
public sealed class StreamLimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_operation_too_many_is_an_error_of_that_operation()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxOperationsPerSocket = 2);
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("1", "{ never }");
        await client.Subscribe("2", "subscription { bell(name: \\\"gate\\\") }");
        await server.Listened(1);

        await client.Subscribe("3", "{ hello }");
        var refused = await client.Receive();
        await client.Send("""{"id":"2","type":"complete"}""");
        await server.Listened(0);

        Assert.StartsWith("""{"id":"3","type":"error",""", refused, StringComparison.Ordinal);
        Assert.Contains("TOO_MANY_OPERATIONS", refused, StringComparison.Ordinal);
        await StreamServer.Eventually(() => AskAgain(client));
    }

    [Theory]
    [InlineData("Ms. Reyes", HttpStatusCode.TooManyRequests)]
    [InlineData("Sam", HttpStatusCode.SwitchingProtocols)]
    public async Task Each_user_has_so_many_streams(string user, HttpStatusCode expected)
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxStreamsPerUser = 1);
        using var first = await SocketClient.Connect(server, headers: ("X-User", "Ms. Reyes"));

        Assert.Equal(expected, await StatusOfSocket(server, ("X-User", user)));
        first.Socket.Abort();
        await StreamServer.Eventually(async () =>
            await StatusOfSocket(server, ("X-User", "Ms. Reyes")) == HttpStatusCode.SwitchingProtocols);
    }

    [Fact]
    public async Task All_together_have_so_many_streams()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxStreams = 1);
        using var first = await SocketClient.Connect(server, headers: ("X-User", "Ms. Reyes"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfSocket(server, ("X-User", "Sam")));
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("file://{host}", HttpStatusCode.Forbidden)]
    [InlineData("http://{host}", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://{host}", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://staff.example", HttpStatusCode.SwitchingProtocols)]
    public async Task A_page_of_another_origin_gets_no_socket(string origin, HttpStatusCode expected)
    {
        await using var server = await StreamServer.Start(
            options => options.Streams.AllowedOrigins.Add("https://staff.example"));

        var given = origin.Replace("{host}", server.Endpoint.Authority, StringComparison.Ordinal);

        Assert.Equal(expected, await StatusOfSocket(server, ("Origin", given)));
    }

    [Fact]
    public async Task Who_does_not_read_is_dropped_and_holds_no_memory()
    {
        await using var server = await StreamServer.Start(options =>
        {
            options.Streams.SendTimeout = TimeSpan.FromMilliseconds(200);
            options.Streams.MaxStreams = 1;
        });
        using var lazy = await SocketClient.Connect(server);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await lazy.Subscribe("f", "subscription { flood }");
        await StreamServer.Eventually(async () => await StatusOfSocket(server) == HttpStatusCode.SwitchingProtocols);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 30_000_000);
    }

    [Fact]
    public async Task Executions_for_streams_wait_for_their_turn()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxConcurrentExecutions = 1);
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("first", "{ never }");
        await client.Subscribe("second", "subscription { count(to: 1) }");
        await client.Send("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await client.Receive());

        await client.Send("""{"id":"first","type":"complete"}""");

        Assert.Contains("\"count\":1", await client.Receive(), StringComparison.Ordinal);
    }

    private static async Task<bool> AskAgain(SocketClient client)
    {
        await client.Subscribe("4", "{ hello }");
        var answer = await client.Receive();
        if (answer.Contains("\"error\"", StringComparison.Ordinal)) return false;
        return await client.Receive() == """{"id":"4","type":"complete"}""";
    }

    private static async Task<HttpStatusCode> StatusOfSocket(
        StreamServer server, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol("graphql-transport-ws");
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        try
        {
            await socket.ConnectAsync(server.Socket, Ct);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
