using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace K12Hub.EventStore;

/// <summary>Sorted records put aside. The file is readable by this user only, and has no name any more once it is
/// open (on Windows: goes with the process), so a killed process leaves no personal data behind.</summary>
internal sealed class SpoolFile : IDisposable
{
    private const int ChunkBytes = 256 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly long _length;

    private SpoolFile(SafeFileHandle handle, long length) => (_handle, _length) = (handle, length);

    public static SpoolFile Write(IEnumerable<SpoolRecord> records)
    {
        var handle = Create();
        var (chunk, used, length) = (new byte[ChunkBytes], 0, 0L);
        foreach (var record in records)
        {
            var size = record.Bytes.Length;
            if (used + size + 4 > chunk.Length)
            {
                RandomAccess.Write(handle, chunk.AsSpan(0, used), length);
                (length, used) = (length + used, 0);
                chunk = size + 4 > chunk.Length ? new byte[size + 4] : chunk;
            }

            BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(used), size);
            record.Bytes.Span.CopyTo(chunk.AsSpan(used + 4));
            used += size + 4;
        }

        RandomAccess.Write(handle, chunk.AsSpan(0, used), length);
        return new(handle, length + used);
    }

    public IEnumerable<SpoolRecord> Read()
    {
        var (chunk, start, end, offset) = (new byte[ChunkBytes], 0, 0, 0L);
        while (true)
        {
            var size = end - start >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(start)) : 0;
            if (end - start < size + 4)
            {
                if (offset == _length && start == end)
                {
                    yield break;
                }

                var kept = chunk.AsSpan(start, end - start).ToArray();
                chunk = size + 4 > chunk.Length ? new byte[size + 4] : chunk;
                kept.CopyTo(chunk, 0);
                var read = RandomAccess.Read(_handle, chunk.AsSpan(kept.Length), offset);
                (start, end, offset) = (0, kept.Length + read, offset + read);
                continue;
            }

            yield return new(chunk.AsMemory(start + 4, size));
            start += size + 4;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Create()
    {
        var path = Path.Combine(Path.GetTempPath(), "k12hub-" + Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }

        using var created = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.Delete(path);
        return handle;
    }
}
