using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace K12Hub.GraphQL.Http;

/// <summary>A WebSocket with whole messages, one sender at a time, limits of size and time, and one way to
/// close.</summary>
internal sealed class SocketConnection(WebSocket socket, StreamOptions options) : IDisposable
{
    private const int LargestKeptBuffer = 64 * 1024;
    private const int LongestReason = 123;

    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource closed = new();
    private readonly CancellationTokenSource dropped = new();
    private readonly Lock gate = new();
    private ArrayBufferWriter<byte> received = new();
    private ArrayBufferWriter<byte> sent = new();
    private Task? closing;

    /// <summary>Ends when the socket is being closed, by whomever.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>The next message; null when the socket is closed. Valid until the next call.</summary>
    /// <exception cref="SocketViolationException">It is too large, or not text.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        if (received.Capacity > LargestKeptBuffer) received = new();
        received.ResetWrittenCount();
        while (true)
        {
            var part = await ReceivePartAsync().ConfigureAwait(false);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            if (closed.IsCancellationRequested) continue; // What still comes is not looked at any more.

            if (part.MessageType is WebSocketMessageType.Binary)
            {
                throw new SocketViolationException(CloseCode.BadRequest, "Messages are text.");
            }

            received.Advance(part.Count);
            if (received.WrittenCount > options.MaxMessageBytes)
            {
                throw new SocketViolationException(
                    CloseCode.MessageTooBig, $"A message has at most {options.MaxMessageBytes} bytes.");
            }

            if (part.EndOfMessage) return received.WrittenMemory;
        }
    }

    /// <summary>Sends a message unless the socket is being closed.</summary>
    public Task SendAsync(byte[] message) => SendAsync(
        static (output, message) =>
        {
            output.Write(message);
            return true;
        },
        message);

    /// <summary>Sends a message unless the socket is being closed.</summary>
    /// <param name="write">Writes it; false when there is nothing to send after all.</param>
    /// <param name="state">What to write.</param>
    public async Task SendAsync<T>(Func<ArrayBufferWriter<byte>, T, bool> write, T state)
    {
        await sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (closed.IsCancellationRequested) return;
            if (sent.Capacity > LargestKeptBuffer) sent = new();
            sent.ResetWrittenCount();
            if (!write(sent, state)) return;

            // Giving up in the middle of a message breaks the socket; a receiver this slow has lost it.
            using var patience = new CancellationTokenSource(options.SendTimeout);
            await socket.SendAsync(sent.WrittenMemory, WebSocketMessageType.Text, true, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is OperationCanceledException or WebSocketException)
        {
            Abort();
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Starts closing; the first code counts. The receiving ends when the client has answered, or when it did
    /// not in time.</summary>
    public Task CloseAsync(WebSocketCloseStatus code, string reason)
    {
        lock (gate) return closing ??= CloseOnceAsync(code, reason);
    }

    /// <summary>After the last message: answers the client's closing, or waits that the client answers ours.</summary>
    public async Task EndAsync()
    {
        await CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "").ConfigureAwait(false);
        try
        {
            while (socket.State is WebSocketState.CloseSent && await ReceiveAsync().ConfigureAwait(false) is not null)
            {
            }
        }
        catch (WebSocketException)
        {
            // It went without a word.
        }
    }

    /// <summary>Breaks the socket.</summary>
    public void Abort()
    {
        socket.Abort();
        closed.Cancel();
    }

    public void Dispose()
    {
        closed.Dispose();
        dropped.Dispose();
        sending.Dispose();
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceivePartAsync()
    {
        try
        {
            return await socket.ReceiveAsync(received.GetMemory(1024), dropped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
        }
    }

    private async Task CloseOnceAsync(WebSocketCloseStatus code, string reason)
    {
        await closed.CancelAsync().ConfigureAwait(false);
        dropped.CancelAfter(options.CloseTimeout);
        try
        {
            await sending.WaitAsync(dropped.Token).ConfigureAwait(false);
            try
            {
                await socket.CloseOutputAsync(code, Shortened(reason), dropped.Token).ConfigureAwait(false);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception broken) when (broken is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }

    private static string Shortened(string reason) => Encoding.UTF8.GetByteCount(reason) <= LongestReason
        ? reason
        : string.Concat(reason.EnumerateRunes().TakeWhile(Fits()).Select(rune => rune.ToString()));

    private static Func<Rune, bool> Fits()
    {
        var bytes = 0;
        return rune => (bytes += rune.Utf8SequenceLength) <= LongestReason;
    }
}
