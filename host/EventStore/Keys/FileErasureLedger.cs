using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>An erasure ledger in a file that is only ever added to, one line of JSON per entry. Belongs beside the key
/// ring, and into its backup.</summary>
public sealed class FileErasureLedger : IErasureLedger, IDisposable
{
    private readonly string _path;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>A ledger in a file, which is made with the first entry.</summary>
    public FileErasureLedger(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(ErasureEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, JsonSerializerOptions.Web);
        await _turn.WaitAsync(ct);
        try
        {
            OwnerOnly.MakeFolder(Path.GetDirectoryName(_path)!);
            await using var file = OwnerOnly.Open(_path, FileMode.OpenOrCreate);
            await DropTornLineAsync(file, ct);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(line, ct);
            await file.WriteAsync("\n"u8.ToArray(), ct);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ErasureEntry>> ReadAsync(CancellationToken ct)
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        OwnerOnly.Require(_path);
        var text = await File.ReadAllTextAsync(_path, ct);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index().Select(Entry)];
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private ErasureEntry Entry((int Index, string Line) line)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureEntry>(line.Line, JsonSerializerOptions.Web)!;
        }
        catch (JsonException damaged)
        {
            throw new IOException(
                $"Line {line.Index + 1} of {_path} cannot be read. Restore the file: it says what was erased.",
                damaged);
        }
    }

    /// <summary>A line without an end was being written when the power went; nothing was erased for it yet.</summary>
    private static async Task DropTornLineAsync(FileStream file, CancellationToken ct)
    {
        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, ct);
        file.SetLength(content.AsSpan().LastIndexOf((byte)'\n') + 1);
    }
}
