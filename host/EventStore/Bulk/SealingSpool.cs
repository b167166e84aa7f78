namespace K12Hub.EventStore;

/// <summary>Seals the personal data of events on their way into the spool: events wait until the keys of some thousand
/// of them can be fetched, or made, in one go.</summary>
/// <remarks>The keys come over a connection of their own, as the events may be read from the caller's. New ones are
/// stored at once: a key without data does no harm when the caller's transaction fails.</remarks>
internal sealed class SealingSpool(EventSpool spool, EventMap events, SubjectKeys keys, DistrictId tenant) : IDisposable
{
    private const int AtOnce = 5_000;

    private readonly BulkKeys _keys = new(keys, tenant);
    private readonly List<BulkEvent> _waiting = [];
    private readonly HashSet<Guid> _subjects = [];

    /// <summary>How many subjects were erased when the first key was fetched; null when none was.</summary>
    public long? ErasedBefore => _keys.ErasedBefore;

    /// <summary>Counts them now; otherwise it is done with the first key.</summary>
    public Task CountErasedAsync(CancellationToken ct) => _keys.CountErasedAsync(ct);

    /// <summary>Adds all events.</summary>
    public async Task AddAsync(IAsyncEnumerable<BulkEvent> events, CancellationToken ct)
    {
        await foreach (var one in events.WithCancellation(ct))
        {
            await AddAsync(one, ct);
        }

        await FlushAsync(ct);
    }

    private async ValueTask AddAsync(BulkEvent one, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(one);
        var personal = events.Find(one.Event).Personal;
        if (personal.IsEmpty && _waiting.Count == 0)
        {
            spool.Add(one);
            return;
        }

        // Whatever its stream: those of one stream must keep their order.
        _waiting.Add(one);
        _subjects.UnionWith(personal.SubjectsOf(one.Event));
        if (_waiting.Count >= AtOnce)
        {
            await FlushAsync(ct);
        }
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var known = await _keys.FindAsync(_subjects, ct);
        foreach (var one in _waiting)
        {
            var type = events.Find(one.Event);
            spool.Add(one, type.Personal.IsEmpty
                ? null
                : type.WriteSealed(one.Event, new(tenant.Required, one.StreamId, type.Name), known));
        }

        _waiting.Clear();
        _subjects.Clear();
    }

    public void Dispose() => _keys.Dispose();
}
