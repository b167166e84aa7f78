using K12Hub.GraphQL.Types;
using Microsoft.Win32.SafeHandles;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>A file on disk that nobody can find by name, and that is gone when the request is over, however it
/// ended.</summary>
internal sealed class SpooledFile : IFile, IDisposable
{
    private readonly SafeFileHandle handle;
    private long length;

    public SpooledFile(string folder, string name, string? contentType)
    {
        Name = name;
        ContentType = contentType;
        var path = Path.Combine(folder, $"k12hub-upload-{Path.GetRandomFileName()}");
        handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);

        // Elsewhere an open file needs no name; without one it is gone even when the process is killed.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    public string Name { get; }

    public string? ContentType { get; }

    public long? Length => length;

    public Stream OpenReadStream() => new SpooledStream(handle, length);

    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken = default)
    {
        await using var content = OpenReadStream();
        await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await RandomAccess.WriteAsync(handle, bytes, length, cancellationToken).ConfigureAwait(false);
        length += bytes.Length;
    }

    public void Dispose() => handle.Dispose();
}
