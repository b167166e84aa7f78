using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>A key ring in a folder that only its owner can open: one folder per district, one file per key, and a file
/// <c>current</c> that names the key in use. Nodes share the folder, or hold copies of it.</summary>
/// <remarks>Back it up apart from the database and keep it as long as the dumps: a dump without the ring opens nothing,
/// and whoever has both can undo an erasure.</remarks>
public sealed class FileKeyRing : IKeyRing
{
    private const int KeyBytes = 32;
    private const string Current = "current";
    private const string Extension = ".key";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly TimeSpan _kept;
    private readonly ConcurrentDictionary<(short Tenant, string Id), RingKey> _known = new();

    /// <summary>A ring in a folder, which is made with the first key.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock for the names of keys and for how long a replaced one is kept.</param>
    /// <param name="kept">How long a replaced key is kept for dumps that need it; 35 days unless given.</param>
    public FileKeyRing(string folder, TimeProvider time, TimeSpan? kept = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(time);
        (_folder, _time, _kept) = (Path.GetFullPath(folder), time, kept ?? TimeSpan.FromDays(35));
    }

    /// <inheritdoc/>
    public async ValueTask<RingKey> CurrentAsync(DistrictId tenant, CancellationToken ct)
    {
        // Read each time: another process may have rotated.
        var pointer = Path.Combine(FolderOf(tenant), Current);
        if (!File.Exists(pointer))
        {
            return await RotateAsync(tenant, ct);
        }

        var id = (await File.ReadAllTextAsync(pointer, ct)).Trim();
        return await FindAsync(tenant, id, ct)
            ?? throw new IOException($"{pointer} names the key {id}, which is not there. Restore the key ring.");
    }

    /// <inheritdoc/>
    public async ValueTask<RingKey?> FindAsync(DistrictId tenant, string id, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (_known.TryGetValue((tenant.Required, id), out var known))
        {
            return known;
        }

        var path = FileOf(tenant, id);
        if (!File.Exists(path))
        {
            return null;
        }

        OwnerOnly.Require(path);
        var secret = Convert.FromBase64String((await File.ReadAllTextAsync(path, ct)).Trim());
        return secret.Length == KeyBytes
            ? _known[(tenant.Required, id)] = new(id, secret)
            : throw new IOException($"{path} holds no key of {KeyBytes} bytes. Restore the key ring.");
    }

    /// <inheritdoc/>
    public async ValueTask<RingKey> RotateAsync(DistrictId tenant, CancellationToken ct)
    {
        var folder = FolderOf(tenant);
        OwnerOnly.MakeFolder(_folder);
        OwnerOnly.MakeFolder(folder);
        var secret = RandomNumberGenerator.GetBytes(KeyBytes);
        var id = _time.GetUtcNow().ToString("yyyyMMdd'-'HHmmss'-'", CultureInfo.InvariantCulture)
            + RandomNumberGenerator.GetHexString(8, lowercase: true);
        await OwnerOnly.WriteNewAsync(FileOf(tenant, id), Convert.ToBase64String(secret), ct);

        // Renaming is whole or not at all: no reader finds half a name.
        var next = Path.Combine(folder, $"{Current}.{id}");
        await OwnerOnly.WriteNewAsync(next, id, ct);
        File.Move(next, Path.Combine(folder, Current), overwrite: true);
        return _known[(tenant.Required, id)] = new(id, secret);
    }

    /// <inheritdoc/>
    public async ValueTask RetireAsync(DistrictId tenant, IReadOnlyCollection<string> inUse, CancellationToken ct)
    {
        var current = (await CurrentAsync(tenant, ct)).Id;
        foreach (var file in Directory.GetFiles(FolderOf(tenant), $"*{Extension}"))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            var replacedLately = File.GetLastWriteTimeUtc(file) > _time.GetUtcNow().UtcDateTime - _kept;
            if (id != current && !inUse.Contains(id) && !replacedLately)
            {
                Destroy(tenant, file);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DestroyAsync(DistrictId tenant, CancellationToken ct)
    {
        var folder = FolderOf(tenant);
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                Destroy(tenant, file);
            }

            Directory.Delete(folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private void Destroy(DistrictId tenant, string file)
    {
        _known.TryRemove((tenant.Required, Path.GetFileNameWithoutExtension(file)), out _);
        OwnerOnly.Destroy(file);
    }

    private string FolderOf(DistrictId tenant) =>
        Path.Combine(_folder, tenant.Required.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id may come from a database that somebody else filled: it is a name, never a path.</summary>
    private string FileOf(DistrictId tenant, string id) =>
        id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            ? Path.Combine(FolderOf(tenant), id + Extension)
            : throw new ArgumentException("The id of a ring key is letters, digits and dashes.", nameof(id));
}
