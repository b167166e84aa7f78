namespace K12Hub.EventStore;

/// <summary>A projection whose row depends on one stream. Derive from
/// <see cref="SingleStreamProjection{TAggregate, TRow}"/>.</summary>
public interface ISingleStreamProjection : IProjection
{
    /// <summary>What the streams fold into.</summary>
    Type AggregateType { get; }

    /// <summary>The row record; its table is in <see cref="StoreOptions.Tables"/>.</summary>
    Type RowType { get; }

    IReadOnlyCollection<Type> IProjection.RowTypes => [RowType];

    /// <summary>The row of a folded aggregate; null when there is none (any more).</summary>
    object? RowOf(object aggregate);
}

/// <summary>One row per stream: the row is a pure function of the folded aggregate, so it can be thrown away and
/// rebuilt. No clock, no database, no randomness.</summary>
/// <typeparam name="TAggregate">What the stream folds into.</typeparam>
/// <typeparam name="TRow">The row record; its key is the stream id.</typeparam>
public abstract class SingleStreamProjection<TAggregate, TRow> : ISingleStreamProjection
    where TAggregate : class
    where TRow : class
{
    /// <inheritdoc/>
    public Type AggregateType => typeof(TAggregate);

    /// <inheritdoc/>
    public Type RowType => typeof(TRow);

    /// <summary>The row; null removes it.</summary>
    public abstract TRow? Row(TAggregate aggregate);

    object? ISingleStreamProjection.RowOf(object aggregate) => Row((TAggregate)aggregate);
}
