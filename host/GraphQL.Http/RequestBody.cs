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

    /// <returns>Null when the body is larger than allowed; reading stops there.</returns>
    public static async ValueTask<RequestBody?> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) return null;

        var body = new RequestBody();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (body.length + read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                body.Dispose();
                return null;
            }

            body.Append(read);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return body;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        length = 0;
    }

    private void Append(in ReadResult read)
    {
        var count = (int)read.Buffer.Length;
        if (bytes.Length - length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + count, bytes.Length * 2));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        read.Buffer.CopyTo(bytes.AsSpan(length));
        length += count;
    }
}
