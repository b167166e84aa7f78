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
    /// <returns>The aggregate, to say more about it.</returns>
    public AggregateType Add<TAggregate>(
        string kind, Func<Guid, TAggregate> initial, Func<TAggregate, object, TAggregate> evolve)
        where TAggregate : class
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(evolve);
        return Add(new(
            typeof(TAggregate),
            kind,
            (id, state, happened) => evolve((TAggregate?)state ?? initial(id), happened),
            initial,
            evolve.Method.Module));
    }

    /// <summary>Adds an aggregate that folds by convention: static <c>Create(TEvent)</c> or
    /// <c>Create(Guid id, TEvent)</c>, and instance <c>Apply(TEvent)</c>, which returns nothing or the next state.
    /// Events without a method change nothing.</summary>
    /// <typeparam name="TAggregate">The folded state.</typeparam>
    /// <param name="kind">Stored name of its streams.</param>
    /// <returns>The aggregate, to say more about it.</returns>
    public AggregateType Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] TAggregate>(
        string kind)
        where TAggregate : class =>
        Add(new(typeof(TAggregate), kind, ConventionFold.Of(typeof(TAggregate)), null));

    internal AggregateType Find(Type aggregate) => _byClrType.TryGetValue(aggregate, out var type)
        ? type
        : throw new InvalidOperationException(
            $"{aggregate.Name} has no fold. Add options.Aggregates.Add<{aggregate.Name}>(\"kind\", …).");

    /// <summary>The aggregate of a kind of streams; null when the program has none.</summary>
    internal AggregateType? OfKind(string kind) => _byClrType.Values.FirstOrDefault(a => a.Kind == kind);

    private AggregateType Add(AggregateType type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type.Kind);
        return OfKind(type.Kind) is null && _byClrType.TryAdd(type.ClrType, type)
            ? type
            : throw new ArgumentException($"{type.ClrType.Name} or stream kind '{type.Kind}' was added twice.");
    }
}
