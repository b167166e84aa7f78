using System.Diagnostics.CodeAnalysis;

namespace K12Hub.EventStore;

/// <summary>Which streams fold into which state, and how.</summary>
public sealed class AggregateMap
{
    private readonly Dictionary<Type, AggregateType> _byClrType = [];

    /// <summary>Adds an aggregate with its fold.</summary>
    /// <typeparam name="TAggregate">The folded state.</typeparam>
    /// <param name="kind">Stored name of its streams, for instance <c>inquiry</c>.</param>
    /// <param name="evolve">State (null before the first event) and event give the next state. Pure; never refuses,
    /// the decision was taken when the event was written.</param>
    public void Add<TAggregate>(string kind, Func<TAggregate?, object, TAggregate> evolve)
        where TAggregate : class
    {
        ArgumentNullException.ThrowIfNull(evolve);
        Add(typeof(TAggregate), kind, (state, happened) => evolve((TAggregate?)state, happened));
    }

    /// <summary>Adds an aggregate that folds by convention: static <c>Create(TEvent)</c> and instance
    /// <c>Apply(TEvent)</c>, returning nothing or the next state. Events without a method change nothing.</summary>
    /// <typeparam name="TAggregate">The folded state.</typeparam>
    /// <param name="kind">Stored name of its streams.</param>
    public void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] TAggregate>(string kind)
        where TAggregate : class => Add(typeof(TAggregate), kind, ConventionFold.Of(typeof(TAggregate)));

    internal AggregateType Find(Type aggregate) => _byClrType.TryGetValue(aggregate, out var type)
        ? type
        : throw new InvalidOperationException(
            $"{aggregate.Name} has no fold. Add options.Aggregates.Add<{aggregate.Name}>(\"kind\", {aggregate.Name}.Evolve).");

    private void Add(Type type, string kind, Func<object?, object, object?> evolve)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (_byClrType.Values.Any(a => a.Kind == kind) || !_byClrType.TryAdd(type, new(type, kind, evolve)))
        {
            throw new ArgumentException($"{type.Name} or stream kind '{kind}' was added twice.");
        }
    }
}

/// <summary>One aggregate: the kind of its streams and its fold.</summary>
internal sealed record AggregateType(Type ClrType, string Kind, Func<object?, object, object?> Evolve)
{
    public object? Fold(object? state, IEnumerable<object> happened) => happened.Aggregate(state, Evolve);
}
