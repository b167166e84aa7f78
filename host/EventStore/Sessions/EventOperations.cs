namespace K12Hub.EventStore;

/// <summary>The streams of a session's district. Reading happens at once; starting, appending and archiving are
/// queued until <see cref="IDocumentSession.SaveChangesAsync"/>.</summary>
public sealed class EventOperations
{
    private readonly DocumentStore _store;
    private readonly DistrictId _tenant;
    private readonly StreamQueries _reader;
    private readonly Dictionary<Guid, PendingStream> _pending = [];

    internal EventOperations(DocumentStore store, DistrictId tenant)
    {
        (_store, _tenant) = (store, tenant);
        _reader = new(store.DataSource, store.Reader, tenant);
    }

    internal IReadOnlyCollection<PendingStream> Pending => _pending.Values;

    /// <summary>Queues a new stream; saving fails with <see cref="ConcurrencyException"/> when it exists.</summary>
    public void StartStream<TAggregate>(Guid id, params IEnumerable<object> happened)
        where TAggregate : class
    {
        if (_pending.ContainsKey(id))
        {
            throw new InvalidOperationException($"Stream {id} is already part of this unit of work.");
        }

        var stream = new PendingStream(id, Kind<TAggregate>(), ExpectedVersion.New);
        Queue(stream, happened);
        _pending.Add(id, stream);
    }

    /// <summary>Queues events without loading the stream.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="expectedVersion">Its version now, or a word of <see cref="ExpectedVersion"/>.</param>
    /// <param name="happened">The events in order; at least one.</param>
    public void Append<TAggregate>(Guid id, int expectedVersion, params IEnumerable<object> happened)
        where TAggregate : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedVersion, ExpectedVersion.Any);
        if (!_pending.TryGetValue(id, out var stream) || stream.Aggregate is null)
        {
            var archive = stream?.Archive ?? false;
            stream = new PendingStream(id, Kind<TAggregate>(), expectedVersion) { Archive = archive };
            Queue(stream, happened);
            _pending[id] = stream;
            return;
        }

        if (expectedVersion != ExpectedVersion.Any && expectedVersion != stream.ExpectedVersion)
        {
            throw new InvalidOperationException(
                $"This unit of work already expects stream {id} at version {stream.ExpectedVersion}.");
        }

        Queue(stream, happened);
    }

    /// <summary>Loads and folds a stream for a decision. What is appended to the answer is stored only if the stream
    /// is still at the loaded version. A second call in the same unit gives the same stream.</summary>
    public async Task<IEventStream<TAggregate>> FetchForWriting<TAggregate>(Guid id, CancellationToken ct)
        where TAggregate : class
    {
        if (!_pending.TryGetValue(id, out var stream))
        {
            stream = new PendingStream(id, Kind<TAggregate>(), ExpectedVersion.Any) { IsHeld = true };
            await LoadAsync(stream, ct);
            _pending.Add(id, stream);
        }
        else if (!stream.IsHeld)
        {
            throw new InvalidOperationException($"Stream {id} was appended to before it was fetched: fetch it first.");
        }

        return new EventStream<TAggregate>(stream, happened => _store.Options.Events.Find(happened));
    }

    /// <summary>Queues the closing of a stream: it can be read, not continued. Its queued events are stored
    /// before.</summary>
    public void ArchiveStream(Guid id)
    {
        if (!_pending.TryGetValue(id, out var stream))
        {
            _pending.Add(id, stream = new PendingStream(id, null, ExpectedVersion.Any));
        }

        stream.Archive = true;
    }

    /// <summary>The events of a stream, oldest first; empty when it does not exist.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="version">Up to this version; null for all.</param>
    /// <param name="timestamp">Up to what was stored by this moment; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<RecordedEvent>> FetchStreamAsync(
        Guid id, int? version = null, DateTimeOffset? timestamp = null, CancellationToken ct = default) =>
        _reader.EventsAsync(id, version, timestamp, ct);

    /// <summary>The state of a stream, now or as of a version or moment; null when there was nothing.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="version">Up to this version; null for all.</param>
    /// <param name="timestamp">Up to what was stored by this moment; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<TAggregate?> AggregateStreamAsync<TAggregate>(
        Guid id, int? version = null, DateTimeOffset? timestamp = null, CancellationToken ct = default)
        where TAggregate : class
    {
        var folded = await _store.Folder.FoldAsync(_tenant, Kind<TAggregate>(), id, version, timestamp, ct);
        return (TAggregate?)folded.State;
    }

    /// <summary>What is known about a stream besides its events; null when it does not exist.</summary>
    public Task<StreamState?> FetchStreamStateAsync(Guid id, CancellationToken ct) => _reader.StateAsync(id, ct);

    internal async Task LoadAsync(PendingStream stream, CancellationToken ct)
    {
        var folded = await _store.Folder.FoldAsync(_tenant, stream.Aggregate!, stream.Id, null, null, ct);
        if (stream.ExpectedVersion != ExpectedVersion.Any && stream.ExpectedVersion != folded.Version)
        {
            throw new ConcurrencyException(
                $"stream {stream.Id} is at version {folded.Version}, not {stream.ExpectedVersion}", stream.Id, null);
        }

        stream.Load(folded);
    }

    internal void Saved(IReadOnlyDictionary<Guid, int> versions)
    {
        foreach (var stream in _pending.Values.ToList())
        {
            if (!stream.IsHeld)
            {
                _pending.Remove(stream.Id);
            }
            else if (versions.TryGetValue(stream.Id, out var version))
            {
                stream.Saved(version);
            }
        }
    }

    private AggregateType Kind<TAggregate>() => _store.Options.Aggregates.Find(typeof(TAggregate));

    private void Queue(PendingStream stream, IEnumerable<object> happened)
    {
        var before = stream.Happened.Count;
        foreach (var one in happened)
        {
            _store.Options.Events.Find(one);
            stream.Happened.Add(one);
        }

        if (stream.Happened.Count == before)
        {
            throw new ArgumentException($"Stream {stream.Id}: give at least one event.", nameof(happened));
        }
    }
}
