using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>One socket that speaks graphql-transport-ws, from its first message to its last.</summary>
internal sealed class SocketSession(
    HttpContext http,
    SocketConnection connection,
    IConnectionGuard guard,
    SocketOperations operations,
    GraphQLHttpOptions options,
    TimeProvider time,
    Action<Exception> report)
{
    private readonly StreamOptions limits = options.Streams;
    private ClaimsPrincipal? user;
    private bool isInitialised;
    private CancellationTokenRegistration withdrawal;

    /// <summary>Serves the socket until it is closed.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var goesAway = stopping.UnsafeRegister(
            _ => Close(CloseCode.GoingAway, "The server is stopping. Connect again in a moment."), null);
        using var patience = time.CreateTimer(
            _ => Close(CloseCode.InitTimeout, "connection_init did not come in time."),
            null, limits.InitTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            while (await connection.ReceiveAsync().ConfigureAwait(false) is { } message)
            {
                await HandleAsync(SocketMessage.Read(message, options.MaxJsonDepth), patience).ConfigureAwait(false);
            }
        }
        catch (SocketViolationException wrong)
        {
            await connection.CloseAsync(wrong.Code, wrong.Message).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            connection.Abort(); // The other side is gone without having closed.
        }
        catch (OperationCanceledException) when (connection.Closed.IsCancellationRequested)
        {
            // The socket was closed while the guard was still thinking.
        }
        catch (Exception bug)
        {
            report(bug);
            await connection.CloseAsync(CloseCode.InternalError, "Something went wrong here.").ConfigureAwait(false);
        }
        finally
        {
            await withdrawal.DisposeAsync().ConfigureAwait(false);
            await operations.EndAsync().ConfigureAwait(false);
            await connection.EndAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask HandleAsync(SocketMessage message, ITimer patience)
    {
        switch (message.Type)
        {
            case "connection_init":
                await InitAsync(message.Payload, patience).ConfigureAwait(false);
                break;
            case "ping":
                await connection.SendAsync(SocketMessages.Pong, message.Payload).ConfigureAwait(false);
                break;
            case "subscribe" when user is null:
                throw new SocketViolationException(CloseCode.Unauthorized, "Send connection_init first.");
            case "subscribe":
                await operations.StartAsync(message, user, http).ConfigureAwait(false);
                break;
            case "complete":
                operations.Complete(message.Id);
                break;
            default:
                break; // A pong needs no answer.
        }
    }

    private async Task InitAsync(JsonElement payload, ITimer patience)
    {
        if (isInitialised)
        {
            throw new SocketViolationException(CloseCode.TooManyInitRequests, "connection_init is sent once.");
        }

        isInitialised = true;
        patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var decision = await guard.ConnectAsync(http, payload, connection.Closed).ConfigureAwait(false);
        var left = decision.ExpiresAt - time.GetUtcNow();
        if (decision.User is null || left <= TimeSpan.Zero)
        {
            throw new SocketViolationException(CloseCode.Forbidden, "You may not connect.");
        }

        user = decision.User;
        if (left is { } until) CloseIn(until);
        withdrawal = decision.Withdrawn.UnsafeRegister(
            _ => Close(CloseCode.Forbidden, "Your access has changed. Connect again."), null);
        await connection.SendAsync(SocketMessages.ConnectionAck).ConfigureAwait(false);
    }

    private void CloseIn(TimeSpan left)
    {
        var longest = TimeSpan.FromDays(40); // More than a timer can count; by then the client has connected anew.
        var timer = time.CreateTimer(
            _ => Close(CloseCode.Forbidden, "Your access has expired. Connect again."),
            null, left < longest ? left : longest, Timeout.InfiniteTimeSpan);
        connection.Closed.UnsafeRegister(timer => ((ITimer)timer!).Dispose(), timer);
    }

    // Whoever serves the socket waits for it when the receiving ends.
    private void Close(WebSocketCloseStatus code, string reason) => _ = connection.CloseAsync(code, reason);
}
