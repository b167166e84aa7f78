using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http;

/// <summary>Takes in sockets: from pages of known origins only, so many at a time, for graphql-transport-ws.</summary>
internal sealed partial class SocketEndpoint(
    IRequestExecutor executor,
    IConnectionGuard guard,
    StreamScopes scopes,
    GraphQLHttpOptions options,
    TimeProvider time,
    ILogger<SocketEndpoint> logger)
{
    private const string Subprotocol = "graphql-transport-ws";

    /// <summary>Serves one socket until it is closed.</summary>
    /// <exception cref="HttpRefusal">A page of another origin asks. Browsers let any page open a socket with the
    /// visitor's cookies, so that the origin is all that tells them apart.</exception>
    public async Task HandleAsync(HttpContext http, CancellationToken stopping)
    {
        if (!IsKnownOrigin(http.Request)) throw HttpRefusal.Origin;

        var speaksOurs = http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = speaksOurs ? Subprotocol : null,
            KeepAliveInterval = options.Streams.Heartbeat,
            KeepAliveTimeout = 2 * options.Streams.Heartbeat,
        }).ConfigureAwait(false);
        using var connection = new SocketConnection(socket, options.Streams);
        if (!speaksOurs)
        {
            await connection.CloseAsync(CloseCode.SubprotocolNotAcceptable, $"Speak {Subprotocol}.")
                .ConfigureAwait(false);
            await connection.EndAsync().ConfigureAwait(false);
            return;
        }

        var operations = new SocketOperations(connection, executor, scopes, options, LogFailure);
        var session = new SocketSession(http, connection, guard, operations, options, time, LogFailure);
        await session.RunAsync(stopping).ConfigureAwait(false);
    }

    private bool IsKnownOrigin(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0) return true; // Not a browser.
        if (request.Headers.Origin is not [{ } origin]) return false;
        if (options.Streams.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;

        // The scheme is not compared: behind a proxy that does the TLS ours is http.
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Scheme is "http" or "https"
            && Uri.TryCreate($"{page.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && string.Equals(page.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A socket of GraphQL failed.")]
    private partial void LogFailure(Exception bug);
}
