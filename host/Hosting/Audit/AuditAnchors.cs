using System.Text.Json;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Ends of chains, noted in a file outside the database once a day: whoever makes a chain anew would have to
/// change the file, too. Copy it to where nobody of the database can write.</summary>
/// <param name="folder">Where the files are, one per district.</param>
public sealed class AuditAnchors(string folder)
{
    private static readonly SemaphoreSlim turn = new(1);

    /// <summary>What was noted of a district; empty where nothing was.</summary>
    public async Task<IReadOnlyList<AuditAnchor>> ReadAsync(DistrictId district, CancellationToken ct)
    {
        var path = PathOf(district);
        if (!File.Exists(path)) return [];

        var lines = await File.ReadAllLinesAsync(path, ct).ConfigureAwait(false);
        return [.. lines.Where(line => line.Length > 0).Select(Read).OfType<AuditAnchor>()];
    }

    /// <summary>Notes the end of a chain. When it comes back the line is on disk.</summary>
    public async Task AddAsync(AuditAnchor anchor, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var line = JsonSerializer.SerializeToUtf8Bytes(
            new { anchor.District, anchor.Number, anchor.Hash, At = now }, JsonSerializerOptions.Web);
        await turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            Directory.CreateDirectory(folder);
            await using var file = new FileStream(
                PathOf(new(anchor.District)), FileMode.Append, FileAccess.Write, FileShare.Read);
            // A line that a crash cut off must not swallow the next one.
            byte[] whole = [(byte)'\n', .. line, (byte)'\n'];
            await file.WriteAsync(whole, ct).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            turn.Release();
        }
    }

    private string PathOf(DistrictId district) => Path.Combine(folder, $"anchors-{district.Value}.jsonl");

    private static AuditAnchor? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditAnchor>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null; // Cut off by a crash; the line after it counts.
        }
    }
}
