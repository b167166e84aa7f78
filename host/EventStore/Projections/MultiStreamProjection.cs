namespace K12Hub.EventStore;

/// <summary>Rows that depend on events of many streams: each event says to which rows it belongs, and changes them one
/// by one. Runs in the background.</summary>
/// <typeparam name="TRow">The row record; never changed in place, <see cref="Evolve"/> returns the next
/// one.</typeparam>
/// <typeparam name="TKey">The row's key: the type of the key column, or a tuple or record of the key columns in their
/// order.</typeparam>
public abstract class MultiStreamProjection<TRow, TKey> : IEventFold
    where TRow : class
    where TKey : notnull
{
    private readonly Dictionary<Type, Func<RecordedEvent, IEnumerable<TKey>>> _keys = [];

    IReadOnlyCollection<Type> IProjection.RowTypes => [typeof(TRow)];

    string? IEventFold.Name => null;

    IReadOnlyCollection<Type> IEventFold.EventTypes => _keys.Keys;

    /// <summary>Says to which row an event belongs.</summary>
    protected void Identity<TEvent>(Func<TEvent, TKey> identity)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(identity);
        _keys.Add(typeof(TEvent), e => [identity((TEvent)e.Data)]);
    }

    /// <summary>Says to which row an event belongs, looking at its envelope too.</summary>
    protected void Identity<TEvent>(Func<TEvent, RecordedEvent, TKey> identity)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(identity);
        _keys.Add(typeof(TEvent), e => [identity((TEvent)e.Data, e)]);
    }

    /// <summary>Says to which rows an event belongs; none is right too.</summary>
    protected void Identities<TEvent>(Func<TEvent, IEnumerable<TKey>> identities)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(identities);
        _keys.Add(typeof(TEvent), e => identities((TEvent)e.Data));
    }

    /// <summary>The row after an event; null for none. Pure.</summary>
    /// <param name="row">The row before; null when there is none.</param>
    /// <param name="key">Its key.</param>
    /// <param name="happened">The event with its envelope.</param>
    public abstract TRow? Evolve(TRow? row, TKey key, RecordedEvent happened);

    IEnumerable<RowAddress> IEventFold.Reads(RecordedEvent happened) => Keys(happened)
        .Select(key => new RowAddress(typeof(TRow), RowKey.Of(key)));

    IReadOnlyList<RowChange> IEventFold.Project(RecordedEvent happened, RowPage rows)
    {
        var changes = new List<RowChange>(1);
        foreach (var key in Keys(happened))
        {
            var address = new RowAddress(typeof(TRow), RowKey.Of(key));
            var row = Evolve((TRow?)rows.Find(address), key, happened);
            if (row is not null && rows.KeyOf(row) is var own && !own.Equals(address.Key))
            {
                throw new ProjectionException(
                    $"{GetType().Name} gave the row of another key than the one it was asked for.");
            }

            changes.Add(new(address, row));
        }

        return changes;
    }

    private IEnumerable<TKey> Keys(RecordedEvent happened) => _keys[happened.Data.GetType()](happened).Distinct();
}
