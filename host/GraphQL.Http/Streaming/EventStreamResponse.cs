using System.Buffers;
using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace K12Hub.GraphQL.Http;

/// <summary>
/// Results as server-sent events, one connection each: the distinct connections mode of the protocol GraphQL over
/// Server-Sent Events. <c>next</c> for every result, also for one that says that nothing was executed; <c>complete</c>
/// at the end; comments in between as a sign of life.
/// </summary>
internal sealed class EventStreamResponse(HttpContext http, StreamOptions options, CancellationToken stopping)
{
    public const string ContentType = "text/event-stream; charset=utf-8";

    private const int LargestKeptBuffer = 64 * 1024;
    private static readonly byte[] SignOfLife = ":\n\n"u8.ToArray();
    private static readonly byte[] Complete = "event: complete\ndata:\n\n"u8.ToArray();

    private ArrayBufferWriter<byte> payload = new();
    private Task<bool> arriving = Task.FromResult(true);

    public async Task WriteAsync(Func<CancellationToken, IAsyncEnumerable<ExecutionResult>> execute)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await BeginAsync().ConfigureAwait(false);
        await using var results = execute(over.Token).GetAsyncEnumerator(over.Token);
        try
        {
            while (await NextAsync(results).ConfigureAwait(false))
            {
                using var result = results.Current;
                await SendNextAsync(result).ConfigureAwait(false);
            }
        }
        finally
        {
            // When sending failed, the next result is still being waited for.
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)arriving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (http.RequestAborted.IsCancellationRequested) return;
        if (stopping.IsCancellationRequested) await SendNextAsync(Stopping()).ConfigureAwait(false);
        await SendAsync(Complete).ConfigureAwait(false);
    }

    private Task BeginAsync()
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would collect what is to arrive at once.
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return SendAsync(SignOfLife);
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ExecutionResult> results)
    {
        var next = results.MoveNextAsync();
        if (next.IsCompleted) return await next.ConfigureAwait(false);

        arriving = next.AsTask();
        while (true)
        {
            using var arrived = new CancellationTokenSource();
            var silence = Task.Delay(options.Heartbeat, arrived.Token);
            if (await Task.WhenAny(arriving, silence).ConfigureAwait(false) == arriving)
            {
                await arrived.CancelAsync().ConfigureAwait(false);
                return await arriving.ConfigureAwait(false);
            }

            await SendAsync(SignOfLife).ConfigureAwait(false);
        }
    }

    private async Task SendNextAsync(ExecutionResult result)
    {
        if (payload.Capacity > LargestKeptBuffer) payload = new();
        payload.ResetWrittenCount();
        result.WriteTo(payload);
        WriteEvent(http.Response.BodyWriter, payload.WrittenSpan);
        await FlushAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(byte[] text)
    {
        http.Response.BodyWriter.Write(text);
        await FlushAsync().ConfigureAwait(false);
    }

    private async Task FlushAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(options.SendTimeout);
        try
        {
            await http.Response.BodyWriter.FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Who takes nothing holds up nobody else, but also a place; the client sees a broken connection.
            http.Abort();
            throw;
        }
    }

    // JSON may be written over several lines where a scalar is JSON of somebody else's; an event may not.
    private static void WriteEvent(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        output.Write("event: next\n"u8);
        while (true)
        {
            var end = json.IndexOfAny((byte)'\n', (byte)'\r');
            output.Write("data: "u8);
            output.Write(end < 0 ? json : json[..end]);
            output.Write("\n"u8);
            if (end < 0) break;
            json = json[(end + 1)..];
        }

        output.Write("\n"u8);
    }

    private static ExecutionResult Stopping() => ExecutionResult.Failed(
        RequestErrorKind.Canceled,
        new GraphQLError("The server is stopping. Subscribe again in a moment.") { Code = "SERVER_STOPPING" });
}
