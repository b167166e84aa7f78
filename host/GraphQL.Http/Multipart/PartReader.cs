using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>The parts of a request one after the other, each read once and none beyond its limit.</summary>
internal sealed class PartReader
{
    private const int MaxHeaders = 8;
    private const int MaxHeaderBytes = 4096;
    private const int MaxBoundaryLength = 70; // RFC 2046, section 5.1.1

    private readonly MultipartReader reader;
    private readonly UploadOptions limits;
    private MultipartSection? section;
    private long total;

    private PartReader(MultipartReader reader, UploadOptions limits) => (this.reader, this.limits) = (reader, limits);

    /// <summary>The name of the part, and of the file in it.</summary>
    public (string? Name, string? FileName) Name { get; private set; }

    /// <summary>What the caller says the part is.</summary>
    public string? ContentType => section?.ContentType;

    /// <exception cref="HttpRefusal">The content type names no boundary.</exception>
    public static PartReader Of(HttpRequest request, UploadOptions limits)
    {
        var isRead = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var boundary = isRead ? HeaderUtilities.RemoveQuotes(type!.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundaryLength) throw UploadRefusals.Malformed;
        var reader = new MultipartReader(boundary, request.Body)
        {
            HeadersCountLimit = MaxHeaders,
            HeadersLengthLimit = MaxHeaderBytes,
        };
        return new PartReader(reader, limits);
    }

    /// <summary>Goes on to the next part.</summary>
    /// <returns>False at the end.</returns>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        section = await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false);
        Name = default;
        if (section is null) return false;
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            throw UploadRefusals.Malformed;
        }

        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        Name = (HeaderUtilities.RemoveQuotes(disposition.Name).Value, HeaderUtilities.RemoveQuotes(fileName).Value);
        return true;
    }

    /// <summary>The part in memory.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        await CopyAsync(
            piece =>
            {
                var count = bytes.WrittenCount + piece.Length;
                if (count > maxBytes) throw HttpRefusal.TooLarge(maxBytes, count);
                bytes.Write(piece.Span);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return bytes.WrittenMemory;
    }

    /// <summary>The part on disk.</summary>
    public Task SpoolAsync(SpooledFile file, CancellationToken cancellationToken) => CopyAsync(
        piece => file.Length + piece.Length > limits.MaxFileBytes
            ? throw UploadRefusals.FileTooLarge(limits.MaxFileBytes, (file.Length ?? 0) + piece.Length)
            : file.AppendAsync(piece, cancellationToken),
        cancellationToken);

    private async Task CopyAsync(Func<ReadOnlyMemory<byte>, Task> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            while (await section!.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                total += count;
                if (total > limits.MaxRequestBytes) throw UploadRefusals.TooLarge(limits.MaxRequestBytes, total);
                await take(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
