using System.Net.WebSockets;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

/// <summary>graphql-transport-ws, clause by clause: what a client that keeps to it gets.</summary>
public sealed class SocketProtocolTests
{
    [Theory]
    [InlineData("{ hello }", """{"hello":"world"}""")]
    [InlineData("mutation { touch }", """{"touch":"touched"}""")]
    public async Task A_query_or_mutation_has_one_next_and_is_complete(string query, string data)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Subscribe("a", query);

        Assert.Equal($$$"""{"id":"a","type":"next","payload":{"data":{{{data}}}}}""", await client.Receive());
        Assert.Equal("""{"id":"a","type":"complete"}""", await client.Receive());
    }

    [Fact]
    public async Task A_subscription_has_a_next_for_each_event_and_its_id_is_free_afterwards()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        for (var round = 0; round < 3; round++)
        {
            await client.Subscribe("c", "subscription { count(to: 2) }");
            Assert.Equal("""{"id":"c","type":"next","payload":{"data":{"count":1}}}""", await client.Receive());
            Assert.Equal("""{"id":"c","type":"next","payload":{"data":{"count":2}}}""", await client.Receive());
            Assert.Equal("""{"id":"c","type":"complete"}""", await client.Receive());
        }
    }

    [Theory]
    [InlineData("{ hello", "GRAPHQL_SYNTAX")]
    [InlineData("{ unknown }", "unknown")]
    [InlineData("subscription { torn }", "TORN")]
    public async Task What_cannot_be_executed_is_an_error_without_complete(string query, string code)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Subscribe("e", query);
        var error = await client.Receive();
        await client.Subscribe("e", "{ hello }");

        Assert.StartsWith("""{"id":"e","type":"error","payload":[{"message":""", error, StringComparison.Ordinal);
        Assert.Contains(code, error, StringComparison.Ordinal);
        Assert.Contains("\"next\"", await client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_the_client_completes_is_stopped_and_sends_nothing_more()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("b", "subscription { bell(name: \\\"gate\\\") }");
        await server.Listened(1);
        await server.Ring("gate", "ding");
        Assert.Contains("ding", await client.Receive(), StringComparison.Ordinal);

        await client.Send("""{"id":"b","type":"complete"}""");
        await server.Listened(0);
        await server.Ring("gate", "dong");
        await client.Send("""{"type":"ping"}""");

        Assert.Equal("""{"type":"pong"}""", await client.Receive());
    }

    [Fact]
    public async Task An_id_can_be_used_again_as_soon_as_the_client_has_completed_it()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);
        for (var i = 0; i < 20; i++)
        {
            await client.Subscribe("b", "subscription { bell(name: \\\"gate\\\") }");
            await client.Send("""{"id":"b","type":"complete"}""");
        }

        await client.Subscribe("b", "{ hello }");

        Assert.Contains("world", await client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload_also_before_the_connection_is_there()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, init: false);

        await client.Send("""{"type":"ping","payload":{"at": 5}}""");
        await client.Send("""{"type":"pong"}""");
        await client.Send("""{"type":"ping","payload":null}""");

        Assert.Equal("""{"type":"pong","payload":{"at": 5}}""", await client.Receive());
        Assert.Equal("""{"type":"pong"}""", await client.Receive());
    }

    [Fact]
    public async Task To_complete_what_has_ended_or_never_was_is_no_mistake()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Send("""{"id":"nobody","type":"complete"}""");
        await client.Subscribe("a", "{ hello }");

        Assert.Contains("world", await client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_run_side_by_side()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);

        await client.Subscribe("slow", "{ never }");
        await client.Subscribe("quick", "{ hello }");

        Assert.Contains("\"quick\"", await client.Receive(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ asker }", """{"asker":"Ms. Reyes"}""")]
    [InlineData("subscription { asker }", """{"asker":"Ms. Reyes"}""")]
    public async Task Resolvers_know_who_asks(string query, string data)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server, headers: ("X-User", "Ms. Reyes"));

        await client.Subscribe("a", query);

        Assert.Contains(data, await client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_loses_the_permission_gets_an_error_and_nothing_more()
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("b", "subscription { bell(name: \\\"gate\\\") }");
        await server.Listened(1);

        server.Revoked = "listen";
        await server.Ring("gate", "secret");

        Assert.StartsWith("""{"id":"b","type":"error",""", await client.Receive(), StringComparison.Ordinal);
        await server.Listened(0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_client_that_goes_leaves_nothing_behind(bool politely)
    {
        await using var server = await StreamServer.Start();
        using var client = await SocketClient.Connect(server);
        await client.Subscribe("a", "subscription { bell(name: \\\"gate\\\") }");
        await client.Subscribe("b", "subscription { bell(name: \\\"door\\\") }");
        await server.Listened(2);

        if (politely)
        {
            await client.Socket.CloseAsync(
                WebSocketCloseStatus.NormalClosure, "bye", TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, client.Socket.CloseStatus);
        }
        else
        {
            client.Socket.Abort();
        }

        await server.Listened(0);
    }
}
