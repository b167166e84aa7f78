using System.Runtime.CompilerServices;

namespace K12Hub.GraphQL.Data;

/// <summary>Completes an order until no two rows share a place in it.</summary>
internal static class TotalOrder<T>
    where T : class
{
    private static readonly SortDefinition<T> None = new();

    // A lambda that captures nothing is one object for ever, and its order is built once; another is new each time,
    // and its entry goes with it.
    private static readonly ConditionalWeakTable<Func<SortDefinition<T>, SortDefinition<T>>, SortDefinition<T>>
        OfNoChoice = [];

    /// <summary>The order where the client chose none.</summary>
    /// <exception cref="ArgumentException">There is no order and no <c>Id</c>.</exception>
    public static SortDefinition<T> Of(Func<SortDefinition<T>, SortDefinition<T>> sort) =>
        OfNoChoice.GetValue(sort, static sort => Of(sort, None));

    /// <summary>The client's order, completed.</summary>
    /// <exception cref="ArgumentException">There is no order and no <c>Id</c>.</exception>
    public static SortDefinition<T> Of(Func<SortDefinition<T>, SortDefinition<T>> sort, SortDefinition<T> chosen)
    {
        var order = sort(chosen);
        // In the direction of the key before: then one index serves the order, and row values can be compared.
        var isDown = !order.IsEmpty && order.Keys[^1].Descending;
        order = RowColumns<T>.Key is { } key ? order.Add(key, isDown) : order;
        return !order.IsEmpty ? order : throw new ArgumentException(
            $"Pages of {typeof(T).Name} need an order that ends in its key.", nameof(sort));
    }
}
