using System.Net.WebSockets;
using System.Text;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

/// <summary>A client that sends what a test says, right or wrong, and shows what comes.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly byte[] buffer = new byte[2 * 1024 * 1024];

    public ClientWebSocket Socket { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects, and says connection_init unless a test wants to say something else.</summary>
    public static async Task<SocketClient> Connect(
        StreamServer server, bool init = true, string? subprotocol = "graphql-transport-ws",
        params (string Name, string Value)[] headers)
    {
        var client = new SocketClient();
        if (subprotocol is not null) client.Socket.Options.AddSubProtocol(subprotocol);
        foreach (var (name, value) in headers) client.Socket.Options.SetRequestHeader(name, value);
        client.Socket.Options.CollectHttpResponseDetails = true;
        await client.Socket.ConnectAsync(server.Socket, Ct);
        if (!init) return client;

        await client.Send("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.Receive());
        return client;
    }

    public Task Send(string message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(message), type, true, Ct);

    public Task Subscribe(string id, string query) =>
        Send($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{query}}}"}}""");

    /// <summary>The next message, or the code and reason the socket was closed with.</summary>
    public async Task<string> Receive()
    {
        var length = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(buffer.AsMemory(length), Ct);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                var told = $"{(int)Socket.CloseStatus!} {Socket.CloseStatusDescription}";
                if (Socket.State is WebSocketState.CloseReceived)
                {
                    await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
                }

                return told;
            }

            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public void Dispose() => Socket.Dispose();
}
