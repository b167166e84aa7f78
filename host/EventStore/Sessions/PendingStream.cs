namespace K12Hub.EventStore;

/// <summary>What a unit of work will do to one stream.</summary>
internal sealed class PendingStream(Guid id, AggregateType? aggregate, int expectedVersion)
{
    public Guid Id { get; } = id;

    /// <summary>Null when the stream is only archived.</summary>
    public AggregateType? Aggregate { get; } = aggregate;

    public int ExpectedVersion { get; private set; } = expectedVersion;

    public List<object> Happened { get; } = [];

    public bool Archive { get; set; }

    /// <summary>Whose data <see cref="State"/> was folded from.</summary>
    public HashSet<Guid> Subjects { get; } = [];

    /// <summary>Whether <see cref="State"/> is the fold up to <see cref="ExpectedVersion"/>.</summary>
    public bool IsLoaded { get; private set; } = expectedVersion == K12Hub.EventStore.ExpectedVersion.New;

    /// <summary>The fold as loaded; after a save, as saved.</summary>
    public object? State { get; private set; }

    /// <summary>Whether someone holds an <see cref="IEventStream{T}"/> on it that should follow after a save.</summary>
    public bool IsHeld { get; set; }

    public bool IsEmpty => Happened.Count == 0 && !Archive;

    /// <summary>Whether <see cref="State"/> has what is queued in it.</summary>
    public bool IsFolded { get; private set; }

    /// <summary>Version of the newest snapshot that is known; 0 for none.</summary>
    public int SnapshotVersion { get; set; }

    public void Load(FoldedState folded)
    {
        (State, ExpectedVersion, IsLoaded) = (folded.State, folded.Version, true);
        SnapshotVersion = folded.SnapshotVersion;
        Subjects.UnionWith(folded.Subjects);
    }

    /// <summary>Folds what is queued. Called once per save: an aggregate may change itself in Apply.</summary>
    public void Fold() => (State, IsFolded) = (Aggregate!.Fold(Id, State, Happened), true);

    public void Saved(int version)
    {
        ExpectedVersion = version;
        Happened.Clear();
        IsFolded = false;
        Archive = false;
    }
}
