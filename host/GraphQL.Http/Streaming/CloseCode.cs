using System.Net.WebSockets;

namespace K12Hub.GraphQL.Http;

/// <summary>Why a socket is closed: codes of the WebSocket protocol, then those of graphql-transport-ws.</summary>
internal static class CloseCode
{
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;
    public const WebSocketCloseStatus MessageTooBig = WebSocketCloseStatus.MessageTooBig;
    public const WebSocketCloseStatus InternalError = WebSocketCloseStatus.InternalServerError;
    public const WebSocketCloseStatus BadRequest = (WebSocketCloseStatus)4400;
    public const WebSocketCloseStatus Unauthorized = (WebSocketCloseStatus)4401;
    public const WebSocketCloseStatus Forbidden = (WebSocketCloseStatus)4403;
    public const WebSocketCloseStatus SubprotocolNotAcceptable = (WebSocketCloseStatus)4406;
    public const WebSocketCloseStatus InitTimeout = (WebSocketCloseStatus)4408;
    public const WebSocketCloseStatus SubscriberAlreadyExists = (WebSocketCloseStatus)4409;
    public const WebSocketCloseStatus TooManyInitRequests = (WebSocketCloseStatus)4429;
}

/// <summary>The client broke the protocol; the socket is closed with this code and reason.</summary>
internal sealed class SocketViolationException(WebSocketCloseStatus code, string reason) : Exception(reason)
{
    public WebSocketCloseStatus Code { get; } = code;
}
