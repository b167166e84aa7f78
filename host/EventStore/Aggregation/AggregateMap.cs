using System.Diagnostics.CodeAnalysis;

namespace K12Hub.EventStore;

/// <summary>Which streams fold into which state, and how.</summary>
public sealed class AggregateMap
{
    private readonly Dictionary<Type, AggregateType> _byClrType = [];

    /// <summary>Adds an aggregate with its fold.</summary>
    /// <typeparam name="TAggregate">The folded state.</typeparam>
    /// <param name="kind">Stored name of its streams, for instance <c>inquiry</c>.</param>
    /// <param name="initial">The state of the stream with this id before its first event.</param>
    /// <param name="evolve">State and event give the next state. Pure; never refuses, the decision was taken when
    /// the event was written.</param>
    public void Add<TAggregate>(
        string kind, Func<Guid, TAggregate> initial, Func<TAggregate, object, TAggregate> evolve)
        where TAggregate : class
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(evolve);
        Add(
            typeof(TAggregate),
            kind,
            (id, state, happened) => evolve((TAggregate?)state ?? initial(id), happened),
            initial);
    }

    /// <summary>Adds an aggregate that folds by convention: static <c>Create(TEvent)</c> or
    /// <c>Create(Guid id, TEvent)</c>, and instance <c>Apply(TEvent)</c>, which returns nothing or the next state.
    /// Events without a method change nothing.</summary>
    /// <typeparam name="TAggregate">The folded state.</typeparam>
    /// <param name="kind">Stored name of its streams.</param>
    public void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] TAggregate>(string kind)
        where TAggregate : class => Add(typeof(TAggregate), kind, ConventionFold.Of(typeof(TAggregate)));

    internal AggregateType Find(Type aggregate) => _byClrType.TryGetValue(aggregate, out var type)
        ? type
        : throw new InvalidOperationException(
            $"{aggregate.Name} has no fold. Add options.Aggregates.Add<{aggregate.Name}>(\"kind\", …).");

    private void Add(Type type, string kind, Evolve evolve, Func<Guid, object>? initial = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (_byClrType.Values.Any(a => a.Kind == kind) || !_byClrType.TryAdd(type, new(type, kind, evolve, initial)))
        {
            throw new ArgumentException($"{type.Name} or stream kind '{kind}' was added twice.");
        }
    }
}

/// <summary>One step of a fold; the state is null before the first event.</summary>
internal delegate object? Evolve(Guid streamId, object? state, object happened);

/// <summary>One aggregate: the kind of its streams, its fold, and what it begins with if it begins with
/// something.</summary>
internal sealed record AggregateType(Type ClrType, string Kind, Evolve Evolve, Func<Guid, object>? Initial)
{
    public object? Fold(Guid streamId, object? state, IEnumerable<object> happened) =>
        happened.Aggregate(state, (folded, one) => Evolve(streamId, folded, one));
}
