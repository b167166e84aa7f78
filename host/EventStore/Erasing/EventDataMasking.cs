namespace K12Hub.EventStore;

/// <summary>Which events are masked, and what they say instead.</summary>
public sealed class EventDataMasking
{
    private readonly Dictionary<Type, Func<object, object>> _rules = [];
    private readonly List<Guid> _streams = [];
    private readonly List<Func<RecordedEvent, bool>> _filters = [];

    internal IReadOnlyCollection<Type> Types => _rules.Keys;

    /// <summary>Empty for all.</summary>
    internal IReadOnlyList<Guid> Streams => _streams;

    /// <summary>What events of a type say instead.</summary>
    /// <param name="masked">A pure function; an event that it gives back equal is left alone.</param>
    public EventDataMasking AddRule<TEvent>(Func<TEvent, TEvent> masked)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(masked);
        _rules.Add(typeof(TEvent), happened => masked((TEvent)happened));
        return this;
    }

    /// <summary>Looks only at this stream and others that are named; without any, at the whole log.</summary>
    public EventDataMasking IncludeStream(Guid id)
    {
        _streams.Add(id);
        return this;
    }

    /// <summary>Masks only what fulfils this condition, and all others that are given.</summary>
    public EventDataMasking IncludeEvents(Func<RecordedEvent, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _filters.Add(condition);
        return this;
    }

    /// <summary>What an event says instead; null when it stays.</summary>
    internal object? Masked(RecordedEvent one) =>
        _rules.TryGetValue(one.Data.GetType(), out var rule) && _filters.TrueForAll(fits => fits(one))
        && rule(one.Data) is { } masked && !masked.Equals(one.Data)
            ? masked
            : null;
}
