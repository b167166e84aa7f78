using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

/// <summary>graphql-transport-ws, clause by clause: when a socket is closed, and with which code.</summary>
public sealed class SocketClosingTests
{
    private const string Init = """{"type":"connection_init"}""";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"start","id":"1"}""")]
    [InlineData("""{"type":"ping","type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":"text"}""")]
    [InlineData("""{"type":"connection_init","payload":[]}""")]
    [InlineData("""{"type":"complete"}""")]
    [InlineData("""{"type":"complete","id":""}""")]
    [InlineData("""{"type":"subscribe","id":"1"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":"{ hello }"}""")]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{ hello }"}}""")]
    [InlineData("""{"type":"subscribe","id":1,"payload":{"query":"{ hello }"}}""")]
    [InlineData("""{"type":"subscribe","id":"\ud800","payload":{"query":"{ hello }"}}""")]
    [InlineData("""{"type":"ping","\ud800":1}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ hello }","\ud800":1}}""", true)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ hello }","extensions":{"\ud800":1}}}""", true)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{}}""", true)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":5}}""", true)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ hello }","variables":"x"}}""", true)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ hello }","operationName":1}}""", true)]
    public async Task What_is_no_message_closes_with_4400(string message, bool init = false)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, init);

        await client.Send(message);

        Assert.StartsWith("4400 ", await client.Receive(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GraphQL-Cost", "guess")]
    [InlineData("Idempotency-Key", "")]
    public async Task The_headers_of_a_socket_say_nothing_about_its_operations(string name, string value)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, headers: (name, value.PadRight(300, 'x')));

        await client.Subscribe("a", "{ hello }");

        Assert.StartsWith("""{"id":"a","type":"next",""", await client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_messages_close_with_4400()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Send(Init, WebSocketMessageType.Binary);

        Assert.Equal("4400 Messages are text.", await client.Receive());
    }

    [Fact]
    public async Task To_subscribe_before_the_connection_is_there_closes_with_4401()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, init: false);

        await client.Subscribe("a", "{ hello }");

        Assert.Equal("4401 Send connection_init first.", await client.Receive());
    }

    [Fact]
    public async Task Who_may_not_connect_is_closed_with_4403()
    {
        await using var server = await StreamServer.Start(guard: new Guard(_ => ConnectionDecision.Refused));
        using var client = await SocketClient.Connect(server, init: false);

        await client.Send(Init);

        Assert.Equal("4403 You may not connect.", await client.Receive());
    }

    [Fact]
    public async Task The_guard_may_know_people_by_the_payload()
    {
        await using var server = await StreamServer.Start(guard: new Guard(payload => new ConnectionDecision(
            new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, payload.GetProperty("token").ToString())])),
            null)));
        using var client = await SocketClient.Connect(server, init: false);

        await client.Send("""{"type":"connection_init","payload":{"token":"Sam"}}""");
        await client.Receive();
        await client.Subscribe("a", "{ asker }");

        Assert.Contains("Sam", await client.Receive(), StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(300)]
    public async Task A_socket_whose_access_expires_is_closed_with_4403(int milliseconds)
    {
        await using var server = await StreamServer.Start(guard: new Guard(_ => new ConnectionDecision(
            new ClaimsPrincipal(), DateTimeOffset.UtcNow.AddMilliseconds(milliseconds))));
        using var client = await SocketClient.Connect(server, init: false);
        await client.Send(Init);
        if (milliseconds > 0) Assert.Contains("connection_ack", await client.Receive(), StringComparison.Ordinal);

        Assert.StartsWith("4403 ", await client.Receive(), StringComparison.Ordinal);
    }

    [Theory, InlineData("graphql-ws"), InlineData(null)]
    public async Task Another_subprotocol_is_closed_with_4406(string? subprotocol)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, init: false, subprotocol);

        Assert.Equal("4406 Speak graphql-transport-ws.", await client.Receive());
    }

    [Fact]
    public async Task Without_connection_init_in_time_a_socket_is_closed_with_4408()
    {
        await using var server = await StreamServer.Start(
            options => options.Streams.InitTimeout = TimeSpan.FromMilliseconds(50));
        using var silent = await SocketClient.Connect(server, init: false);

        Assert.Equal("4408 connection_init did not come in time.", await silent.Receive());
    }

    [Fact]
    public async Task An_id_in_use_closes_with_4409()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Subscribe("x", "{ never }");
        await client.Subscribe("x", "{ hello }");

        Assert.Equal("4409 Subscriber for x already exists", await client.Receive());
    }

    [Fact]
    public async Task A_second_connection_init_closes_with_4429()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Send(Init);

        Assert.Equal("4429 connection_init is sent once.", await client.Receive());
    }

    [Fact]
    public async Task A_message_beyond_the_limit_closes_with_1009()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxMessageBytes = 1_000);
        using var client = await SocketClient.Connect(server);

        await client.Subscribe("x", new string('x', 2_000));

        Assert.Equal("1009 A message has at most 1000 bytes.", await client.Receive());
    }

    [Fact]
    public async Task A_guard_that_fails_closes_with_1011_and_says_nothing()
    {
        await using var server = await StreamServer.Start(
            guard: new Guard(_ => throw new InvalidOperationException("password is 1234")));
        using var client = await SocketClient.Connect(server, init: false);

        await client.Send(Init);

        Assert.Equal("1011 Something went wrong here.", await client.Receive());
    }

    [Fact]
    public async Task A_server_that_stops_closes_with_1001()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("b", "subscription { bell(name: \\\"gate\\\") }");
        await server.Listened(1);

        var stopping = server.Stop();

        Assert.StartsWith("1001 The server is stopping.", await client.Receive(), StringComparison.Ordinal);
        await stopping;
        Assert.Equal(0, server.Topics.Count);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_closing_is_dropped()
    {
        await using var server = await StreamServer.Start(
            options => (options.Streams.CloseTimeout, options.Streams.MaxStreams) = (TimeSpan.FromMilliseconds(50), 1));
        using var mute = await SocketClient.Connect(server);
        await mute.Send("nonsense");

        // Its place is free again although it says nothing more.
        await StreamServer.Eventually(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
            {
                Content = new StringContent("""{"query":"{ hello }"}""", null, "application/json"),
                Headers = { { "Accept", "text/event-stream" } },
            };
            using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        });
    }

    private sealed class Guard(Func<JsonElement, ConnectionDecision> decide) : IConnectionGuard
    {
        public ValueTask<ConnectionDecision> ConnectAsync(
            HttpContext http, JsonElement payload, CancellationToken cancellationToken) => new(decide(payload));
    }
}
