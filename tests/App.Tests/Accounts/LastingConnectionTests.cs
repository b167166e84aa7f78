using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;

namespace K12Hub.App.Tests.Accounts;

/// <summary>A connection that lasts ends with what it was opened with.</summary>
public sealed class LastingConnectionTests : IAsyncLifetime
{
    private const string Subscription = "subscription { alertRaised { cursor } }";

    private readonly ServedHub served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_socket_is_closed_when_its_token_is_revoked_and_others_go_on()
    {
        var (token, kept) = (await CreateAsync("SIS"), await CreateAsync("bell"));
        using var socket = await OpenAsync(token);
        using var other = await OpenAsync(kept);
        Assert.Contains("\"schools\"", await AskAsync(socket), StringComparison.Ordinal);

        await RevokeAsync("SIS");

        Assert.Equal((WebSocketMessageType.Close, ""), await ReceiveAsync(socket));
        Assert.Equal((WebSocketCloseStatus)4403, socket.CloseStatus);
        Assert.Contains("\"schools\"", await AskAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_stream_ends_when_its_token_is_revoked()
    {
        var token = await CreateAsync("wall");
        using var client = served.Hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent($$"""{ "query": "{{Subscription}}" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, HubProcess.Ct);
        await using var events = await answer.Content.ReadAsStreamAsync(HubProcess.Ct);
        Assert.Equal((byte)':', (byte)events.ReadByte());

        await RevokeAsync("wall");

        await Assert.ThrowsAnyAsync<IOException>(() => events.CopyToAsync(Stream.Null, HubProcess.Ct));
    }

    private async Task<string> CreateAsync(string name)
    {
        using var given = await HubProcess.RunAsync(
            "token", "create", name, "--permission", "all", "--data", served.Folders.Data);
        Assert.True(given.ExitCode == 0, given.Errors);
        return given.Output.Trim();
    }

    private async Task RevokeAsync(string name)
    {
        using var revoked = await HubProcess.RunAsync("token", "revoke", name, "--data", served.Folders.Data);
        Assert.True(revoked.ExitCode == 0, revoked.Errors);
    }

    private async Task<ClientWebSocket> OpenAsync(string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var address = new UriBuilder(served.Hub.Address) { Scheme = "ws", Path = "/graphql" };
        await socket.ConnectAsync(address.Uri, HubProcess.Ct);
        await SendAsync(socket, """{ "type": "connection_init" }""");
        Assert.Contains("connection_ack", (await ReceiveAsync(socket)).Text, StringComparison.Ordinal);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket)
    {
        await SendAsync(
            socket,
            """{ "id": "1", "type": "subscribe", "payload": { "query": "{ schools(first: 1) { nodes { id } } }" } }""");
        var said = (await ReceiveAsync(socket)).Text;
        Assert.Contains("complete", (await ReceiveAsync(socket)).Text, StringComparison.Ordinal);
        return said;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, HubProcess.Ct);

    private static async Task<(WebSocketMessageType Type, string Text)> ReceiveAsync(ClientWebSocket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(HubProcess.Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        return (received.MessageType, Encoding.UTF8.GetString(buffer, 0, received.Count));
    }
}
