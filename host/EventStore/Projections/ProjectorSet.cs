namespace K12Hub.EventStore;

/// <summary>All projections of a store with their tables, by name.</summary>
internal sealed class ProjectorSet
{
    private readonly Dictionary<string, Projector> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<TableMap, Projector> _byTable = [];

    public ProjectorSet(StoreOptions options, RecordedEventReader reader)
    {
        foreach (var projector in options.Projections.All.Select(added => Of(added, options, reader)))
        {
            if (!_byName.TryAdd(projector.Name, projector))
            {
                throw new InvalidOperationException($"Two projections are called {projector.Name}.");
            }

            foreach (var table in projector.Tables)
            {
                if (!_byTable.TryAdd(table, projector))
                {
                    throw new InvalidOperationException($"Two projections write {table.View}.");
                }
            }
        }

        Async = [.. _byName.Values.Where(p => p.Lifecycle is ProjectionLifecycle.Async)];
    }

    public IReadOnlyCollection<Projector> All => _byName.Values;

    public IReadOnlyList<Projector> Async { get; }

    /// <summary>The projection that writes a table; null when none does.</summary>
    public Projector? Writing(TableMap table) => _byTable.GetValueOrDefault(table);

    public Projector Find(string name) => _byName.TryGetValue(name, out var projector)
        ? projector
        : throw new ArgumentException(
            $"There is no projection '{name}'. There are: {string.Join(", ", _byName.Keys.Order())}.", nameof(name));

    private static Projector Of(
        AddedProjection added, StoreOptions options, RecordedEventReader reader) => added.Projection switch
    {
        ISingleStreamProjection single => new StreamProjector(added, single, options, reader),
        IEventFold fold => new EventProjector(added, fold, options, reader),
        _ => throw new InvalidOperationException(
            $"{added.Projection.GetType().Name} must derive from SingleStreamProjection, MultiStreamProjection or "
            + "EventProjection."),
    };
}
