using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>A request body in one pooled piece.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int length;

    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, length);

    /// <exception cref="HttpRefusal">The body is larger than allowed, where reading stops, or too slow.</exception>
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, GraphQLHttpOptions options, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } announced && announced > options.MaxBodyBytes)
        {
            throw HttpRefusal.TooLarge(options.MaxBodyBytes, announced);
        }


        var body = new RequestBody();
        try
        {
            // Mostly the body is there with the headers, and nothing has to be timed.
            if (request.BodyReader.TryRead(out var read) && body.Append(request.BodyReader, read, options)) return body;
            await body.ReadOnAsync(request.BodyReader, options, cancellationToken).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        length = 0;
    }

    private async Task ReadOnAsync(PipeReader reader, GraphQLHttpOptions options, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.BodyTimeout);
        try
        {
            while (!Append(reader, await reader.ReadAsync(patience.Token).ConfigureAwait(false), options))
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw HttpRefusal.TooSlow(options.BodyTimeout);
        }
    }

    /// <returns>True when this was the end.</returns>
    private bool Append(PipeReader reader, in ReadResult read, GraphQLHttpOptions options)
    {
        var count = read.Buffer.Length;
        var fits = length + count <= options.MaxBodyBytes;
        if (fits) Append(read.Buffer, (int)count);
        reader.AdvanceTo(read.Buffer.End);
        return fits ? read.IsCompleted : throw HttpRefusal.TooLarge(options.MaxBodyBytes, length + count);
    }

    private void Append(in ReadOnlySequence<byte> read, int count)
    {
        if (bytes.Length - length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + count, bytes.Length * 2));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        read.CopyTo(bytes.AsSpan(length));
        length += count;
    }
}
