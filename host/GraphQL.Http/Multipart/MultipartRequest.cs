using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>A request with files, in the form of the GraphQL multipart request specification: <c>operations</c>, then
/// <c>map</c>, then the files. Holds the files until disposed.</summary>
internal sealed class MultipartRequest : IDisposable
{
    private const string Operations = "operations";
    private const string Map = "map";
    private const int MaxMapBytes = 16 * 1024;

    private readonly Dictionary<string, SpooledFile> files = new(StringComparer.Ordinal);

    private MultipartRequest()
    {
    }

    /// <summary>The request, with its files.</summary>
    public RequestParameters Parameters { get; private set; }

    public static bool IsMultipart(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="HttpRefusal">It is not such a request, or beyond a limit; nothing is kept.</exception>
    public static async Task<MultipartRequest> ReadAsync(
        HttpRequest request, GraphQLHttpOptions options, CancellationToken cancellationToken)
    {
        var limits = options.Upload;
        if (request.ContentLength is { } announced && announced > limits.MaxRequestBytes)
        {
            throw UploadRefusals.TooLarge(limits.MaxRequestBytes, announced);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limits.MaxRequestBytes;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Timeout);
        var read = new MultipartRequest();
        try
        {
            await read.ReadAsync(PartReader.Of(request, limits), options, patience.Token).ConfigureAwait(false);
            return read;
        }
        catch (Exception thrown)
        {
            read.Dispose();
            if (Refusal(thrown, limits, cancellationToken) is { } refusal) throw refusal;
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in files.Values) file.Dispose();
        files.Clear();
    }

    private async Task ReadAsync(PartReader parts, GraphQLHttpOptions options, CancellationToken cancellationToken)
    {
        var operations = await ReadPartAsync(parts, Operations, options.MaxBodyBytes, cancellationToken)
            .ConfigureAwait(false);
        var mapping = await ReadPartAsync(parts, Map, MaxMapBytes, cancellationToken).ConfigureAwait(false);
        var map = FileMap.Read(mapping, operations, options);
        while (await parts.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            var key = map.KeyOf(parts.Name.Name ?? "") ?? throw UploadRefusals.Unmapped;
            var file = new SpooledFile(
                options.Upload.Folder, FileName.Clean(parts.Name.FileName), parts.ContentType);
            if (!files.TryAdd(key, file))
            {
                file.Dispose();
                throw UploadRefusals.Twice;
            }

            await parts.SpoolAsync(file, cancellationToken).ConfigureAwait(false);
        }

        if (files.Count < map.Count) throw UploadRefusals.Missing;
        Parameters = JsonParameters.Read(map.Operations, options.MaxJsonDepth) with
        {
            Files = files.ToDictionary(file => file.Key, IFile (file) => file.Value, StringComparer.Ordinal),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadPartAsync(
        PartReader parts, string name, int maxBytes, CancellationToken cancellationToken)
    {
        var isThere = await parts.NextAsync(cancellationToken).ConfigureAwait(false);
        if (!isThere || parts.Name.Name != name) throw UploadRefusals.Order;
        return await parts.ReadAsync(maxBytes, cancellationToken).ConfigureAwait(false);
    }

    // What the reader of ASP.NET Core throws says what is wrong only by its type.
    private static HttpRefusal? Refusal(Exception thrown, UploadOptions limits, CancellationToken caller) =>
        thrown switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                UploadRefusals.TooLarge(limits.MaxRequestBytes, limits.MaxRequestBytes + 1),
            OperationCanceledException when !caller.IsCancellationRequested => HttpRefusal.TooSlow(limits.Timeout),
            BadHttpRequestException => null,
            InvalidDataException => UploadRefusals.Malformed,
            IOException => UploadRefusals.CutOff,
            _ => null,
        };
}
