namespace K12Hub.EventStore;

/// <summary>When a projection writes its rows.</summary>
public enum ProjectionLifecycle
{
    /// <summary>In the transaction of the events: a reader never sees one without the other.</summary>
    Inline,
}

/// <summary>The projections of a store.</summary>
public sealed class ProjectionOptions
{
    private readonly List<ISingleStreamProjection> _inline = [];

    internal IReadOnlyList<ISingleStreamProjection> Inline => _inline;

    /// <summary>Adds a projection.</summary>
    /// <typeparam name="TProjection">The projection; it has no state, one instance serves all.</typeparam>
    /// <param name="lifecycle">When it writes.</param>
    public void Add<TProjection>(ProjectionLifecycle lifecycle)
        where TProjection : ISingleStreamProjection, new()
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lifecycle, ProjectionLifecycle.Inline);
        if (_inline.Any(p => p is TProjection))
        {
            throw new ArgumentException($"{typeof(TProjection).Name} was added twice.");
        }

        _inline.Add(new TProjection());
    }
}
