using System.Diagnostics.CodeAnalysis;

namespace K12Hub.EventStore;

/// <summary>Keys that were used lately: at most <see cref="Capacity"/>, each for at most <see cref="Lifetime"/>, so
/// that an erasure on another node is felt here by then.</summary>
/// <remarks>Two generations: a full one becomes the old one, and what was old is forgotten.</remarks>
internal sealed class SubjectKeyCache(TimeProvider time)
{
    public const int Capacity = 20_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Dictionary<(short, Guid), Entry> _young = [];
    private Dictionary<(short, Guid), Entry> _old = [];

    public int Count
    {
        get
        {
            lock (_gate) return _young.Count + _old.Count;
        }
    }

    public bool TryGet(short tenant, Guid subject, [NotNullWhen(true)] out SubjectKey? key)
    {
        lock (_gate)
        {
            var isThere = _young.TryGetValue((tenant, subject), out var entry)
                || _old.TryGetValue((tenant, subject), out entry);
            key = isThere && entry.Expires > time.GetTimestamp() ? entry.Key : null;
            return key is not null;
        }
    }

    public void Add(short tenant, SubjectKey key)
    {
        var expires = time.GetTimestamp() + (long)(Lifetime.TotalSeconds * time.TimestampFrequency);
        lock (_gate)
        {
            if (_young.Count >= Capacity / 2)
            {
                (_old, _young) = (_young, []);
            }

            _young[(tenant, key.Subject)] = new(key, expires);
        }
    }

    public void Remove(short tenant, IEnumerable<Guid> subjects)
    {
        lock (_gate)
        {
            foreach (var subject in subjects)
            {
                _young.Remove((tenant, subject));
                _old.Remove((tenant, subject));
            }
        }
    }

    public void RemoveAll(short tenant)
    {
        lock (_gate)
        {
            foreach (var generation in new[] { _young, _old })
            {
                foreach (var known in generation.Keys.Where(known => known.Item1 == tenant).ToList())
                {
                    generation.Remove(known);
                }
            }
        }
    }

    private readonly record struct Entry(SubjectKey Key, long Expires);
}
