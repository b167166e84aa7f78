using System.Buffers;
using System.Security.Cryptography;
using K12Hub.EventStore;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Takes packages and wishes of people, and owes the imports. What is owed already is not owed
/// twice.</summary>
internal sealed class RosterUploads(
    DocumentStore store, BackgroundJob background, RosterImport import, RosterUploadFolder folder,
    RosterSourceNames names, TimeProvider time)
{
    /// <summary>The messages' kinds in the outbox.</summary>
    public const string Sent = "roster.import_package", Asked = "roster.import_source";

    private const int BufferBytes = 128 * 1024;

    /// <summary>Nobody imports any more what has lain for so long.</summary>
    private static readonly TimeSpan oldest = TimeSpan.FromDays(7);

    private const string Known =
        "select exists (select from roster.sync_runs where tenant_id = $1 and source = $2)";

    private const string LastDone =
        """
        select coalesce(max(id), 0) from es.outbox
         where tenant_id = $1 and kind = $2 and starts_with(dedupe_key, $3)
           and (done_at is not null or dead_at is not null)
        """;

    /// <summary>Puts a package by and owes its import.</summary>
    /// <returns>Its checksum, or why not.</returns>
    public async Task<(string? Checksum, Refusal? Refusal)> TakeAsync(
        DistrictId district, IFile file, RosterPackageSent how, CancellationToken ct)
    {
        if (file.Length is 0) return (null, AskingRefusals.Empty);
        if (!await IsKnownAsync(district, how.Source, ct)) return (null, AskingRefusals.UnknownSource);

        TidyUp();
        Directory.CreateDirectory(folder.Path);
        var half = Path.Combine(folder.Path, $"{Guid.CreateVersion7(time.GetUtcNow())}.half");
        try
        {
            var sent = how with { Checksum = await CopyAsync(file, half, ct), Name = file.Name };
            if (!sent.Again && await import.FindPackageAsync(district, sent.Source, sent.Checksum, ct) is { } known)
                return (null, AskingRefusals.ReadBefore(known.ReadAt));

            // Whoever looks there sees all of it or nothing.
            var place = folder.PathOf(sent);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(half, place, overwrite: true);
            await OweAsync(district, Sent, sent, sent.Wish + ":", ct);
            return (sent.Checksum, null);
        }
        finally
        {
            File.Delete(half);
        }
    }

    /// <summary>Owes the import of a source of the settings.</summary>
    /// <returns>Why not; null when it is owed.</returns>
    public async Task<Refusal?> AskAsync(DistrictId district, RosterSourceAsked asked, CancellationToken ct)
    {
        if (!names.Names.Contains(asked.Source)) return AskingRefusals.NothingToAsk;

        await OweAsync(district, Asked, asked, $"{asked.Source}:{asked.ChangesOnly}:", ct);
        return null;
    }

    /// <summary>The same again while it is still to be done is the same message; afterwards it is another.</summary>
    private async Task OweAsync<TMessage>(
        DistrictId district, string kind, TMessage message, string key, CancellationToken ct)
        where TMessage : class
    {
        var last = await ScalarAsync<long>(district, LastDone, [district.Value, kind, key], ct);
        await background.Enqueue(district, message, string.Create(null, $"{key}{last}"), ct);
    }

    private async Task<bool> IsKnownAsync(DistrictId district, string source, CancellationToken ct) =>
        source == ImportOptions.MainSource || names.Names.Contains(source)
        || await ScalarAsync<bool>(district, Known, [district.Value, source], ct);

    private async Task<T> ScalarAsync<T>(DistrictId district, string sql, object[] values, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(sql, values);
        await using var rows = await batch.ReadAsync(ct);
        await rows.ReadAsync(ct);
        return rows.GetFieldValue<T>(0);
    }

    /// <summary>Writes the file while its checksum is made.</summary>
    private static async Task<string> CopyAsync(IFile file, string path, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0,
        };
        // Names and numbers of children: nobody else of this machine reads them.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var from = file.OpenReadStream();
            await using var to = new FileStream(path, options);
            for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private void TidyUp()
    {
        var root = new DirectoryInfo(folder.Path);
        if (!root.Exists) return;

        var before = (time.GetUtcNow() - oldest).UtcDateTime;
        foreach (var left in root.EnumerateDirectories().Where(left => left.LastWriteTimeUtc < before))
        {
            left.Delete(recursive: true);
        }
    }
}
