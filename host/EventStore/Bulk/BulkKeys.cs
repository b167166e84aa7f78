using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>The keys of everybody a bulk append is about: fetched or made some thousand at a time, and kept until it
/// ends, because the same people come again with every kind of event. Half as large as objects would be: 64 bytes a
/// person.</summary>
internal sealed class BulkKeys(SubjectKeys keys, DistrictId tenant, int most = BulkKeys.Most) : IDisposable
{
    /// <summary>More people than this are fetched again: 64 MB.</summary>
    public const int Most = 1_000_000;

    private const int InSlab = 4_096;

    private readonly Dictionary<Guid, int> _places = [];
    private readonly List<byte[]> _slabs = [];
    private bool? _areNew;

    /// <summary>How many subjects were erased when the first key was fetched; null when none was.</summary>
    public long? ErasedBefore { get; private set; }

    /// <summary>Counts the erased ones, unless that was done.</summary>
    public async Task CountErasedAsync(CancellationToken ct) =>
        ErasedBefore ??= await keys.CountErasedAsync(tenant, ct);

    /// <returns>To be used before the next call: the secrets may be overwritten then.</returns>
    /// <exception cref="SubjectErasedException">One of them was erased.</exception>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> FindAsync(
        IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        await CountErasedAsync(ct);
        _areNew ??= !await keys.AnyAsync(tenant, ct);
        var missing = subjects.Where(subject => !_places.ContainsKey(subject)).ToList();
        if (_places.Count + missing.Count > most)
        {
            Forget();
            missing = [.. subjects];
        }

        if (missing.Count > 0)
        {
            foreach (var key in await keys.EnsureAsync(tenant, missing, _areNew.Value, ct))
            {
                Keep(key.IsErased ? throw new SubjectErasedException(key.Subject) : key);
            }
        }

        return subjects.ToDictionary(subject => subject, Kept);
    }

    public void Dispose() => Forget();

    private SubjectKey Kept(Guid subject)
    {
        var place = _places[subject];
        return new(subject, _slabs[place / InSlab].AsMemory(place % InSlab * KeyWrap.KeyBytes, KeyWrap.KeyBytes));
    }

    private void Keep(SubjectKey key)
    {
        var place = _places.Count;
        _places.Add(key.Subject, place);
        if (place / InSlab == _slabs.Count)
        {
            _slabs.Add(new byte[InSlab * KeyWrap.KeyBytes]);
        }

        key.Secret.Span.CopyTo(_slabs[place / InSlab].AsSpan(place % InSlab * KeyWrap.KeyBytes));
    }

    private void Forget()
    {
        _slabs.ForEach(slab => CryptographicOperations.ZeroMemory(slab));
        _slabs.Clear();
        _places.Clear();
    }
}
