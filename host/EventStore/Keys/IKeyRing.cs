namespace K12Hub.EventStore;

/// <summary>The keys that wrap the keys of data subjects, one set per district. Kept outside the database: a dump alone
/// then opens nothing.</summary>
public interface IKeyRing
{
    /// <summary>The key to wrap with; the first one of a district is made here.</summary>
    ValueTask<RingKey> CurrentAsync(DistrictId tenant, CancellationToken ct);

    /// <summary>The key with this id; null when it is not in the ring.</summary>
    ValueTask<RingKey?> FindAsync(DistrictId tenant, string id, CancellationToken ct);

    /// <summary>Makes a new key the current one. The others stay for what they wrapped.</summary>
    ValueTask<RingKey> RotateAsync(DistrictId tenant, CancellationToken ct);

    /// <summary>Destroys keys that are neither current nor in use. A ring keeps those that a backup of the database may
    /// still need.</summary>
    ValueTask RetireAsync(DistrictId tenant, IReadOnlyCollection<string> inUse, CancellationToken ct);

    /// <summary>Destroys all keys of a district: whatever they wrapped is gone for ever.</summary>
    ValueTask DestroyAsync(DistrictId tenant, CancellationToken ct);
}

/// <summary>One key of the ring.</summary>
/// <param name="Id">Its name, stored beside what it wrapped; no secret.</param>
/// <param name="Secret">32 bytes.</param>
public sealed record RingKey(string Id, ReadOnlyMemory<byte> Secret)
{
    /// <summary>Its name alone: a key is never printed.</summary>
    public override string ToString() => Id;
}
