namespace K12Hub.EventStore;

/// <summary>Rows that depend on events of many streams: each event says to which rows it belongs, and changes them one
/// by one. Runs in the background.</summary>
/// <remarks>
/// <para>Methods are found by their names, which say what they do: <c>TKey Identity(TEvent)</c> and
/// <c>IEnumerable&lt;TKey&gt; Identities(TEvent)</c> which rows an event belongs to; <c>TRow? Create(TEvent)</c> makes
/// a row where there is none, <c>TRow? Apply(TEvent, TRow)</c> the next one where there is one, and <c>bool
/// ShouldDelete(TEvent)</c> says that it goes instead. They are public, static or not; all of them may also take the
/// <see cref="RecordedEvent"/>, those that change rows also the key. An event without a method for what is there
/// changes nothing.</para>
/// <para>Instead of <c>Create</c>, <c>Apply</c> and <c>ShouldDelete</c>, <see cref="Evolve"/> may be overridden.</para>
/// </remarks>
/// <typeparam name="TRow">The row record; never changed in place, the next one is returned.</typeparam>
/// <typeparam name="TKey">The row's key: the type of the key column, or a tuple or record of the key columns in their
/// order.</typeparam>
public abstract class MultiStreamProjection<TRow, TKey> : IEventFold
    where TRow : class
    where TKey : notnull
{
    private readonly ConventionRows<TRow, TKey> _methods;
    private readonly Dictionary<Type, Func<RecordedEvent, IEnumerable<TKey>>> _keys;

    /// <summary>Finds the methods that say by their names what they do.</summary>
    protected MultiStreamProjection()
    {
        _methods = new(this, typeof(MultiStreamProjection<TRow, TKey>));
        _keys = _methods.Keys;
    }

    IReadOnlyCollection<Type> IProjection.RowTypes => [typeof(TRow)];

    string? IEventFold.Name => null;

    IReadOnlyCollection<Type> IEventFold.EventTypes => Checked();

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
    public virtual TRow? Evolve(TRow? row, TKey key, RecordedEvent happened) => _methods.After(row, key, happened);

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

    /// <summary>The events it takes. One whose row is known and whose change is not, or the other way round, was
    /// forgotten.</summary>
    private Dictionary<Type, Func<RecordedEvent, IEnumerable<TKey>>>.KeyCollection Checked()
    {
        var own = GetType().GetMethod(nameof(Evolve), [typeof(TRow), typeof(TKey), typeof(RecordedEvent)])!;
        var overridden = own.DeclaringType != typeof(MultiStreamProjection<TRow, TKey>);
        var changing = _methods.Changing.ToHashSet();
        if (overridden && changing.Count > 0)
        {
            throw new InvalidOperationException($"{GetType().Name} has both Evolve and Create, Apply or ShouldDelete.");
        }

        if (changing.FirstOrDefault(e => !_keys.ContainsKey(e)) is { } lost)
        {
            throw new InvalidOperationException($"{GetType().Name} does not say to which row {lost.Name} belongs.");
        }

        return overridden || _keys.Keys.FirstOrDefault(e => !changing.Contains(e)) is not { } idle
            ? _keys.Keys
            : throw new InvalidOperationException($"{GetType().Name} does not say what {idle.Name} does to a row.");
    }

    private IEnumerable<TKey> Keys(RecordedEvent happened) => _keys[happened.Data.GetType()](happened).Distinct();
}
