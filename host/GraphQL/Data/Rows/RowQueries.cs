namespace K12Hub.GraphQL.Data;

/// <summary>Brings what a field wants to a query.</summary>
public static class RowQueries
{
    /// <summary>The rows and columns a field wants, in the client's order if there is one.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="rows">The rows that may be seen at all.</param>
    /// <param name="query">What the field wants; null for everything.</param>
    /// <returns>The narrower query.</returns>
    public static IQueryable<T> With<T>(this IQueryable<T> rows, QueryContext<T>? query)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (query is null)
        {
            return rows;
        }

        rows = query.Predicate is { } predicate ? rows.Where(predicate) : rows;
        rows = query.Sorting is { IsEmpty: false } sorting ? rows.Ordered(sorting, backwards: false) : rows;
        return rows.Narrowed(query.Columns);
    }

    /// <summary>The rows and columns a field wants, in a total order.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="rows">The rows that may be seen at all.</param>
    /// <param name="query">What the field wants; null for everything.</param>
    /// <param name="sort">Completes the client's order. A row with a property <c>Id</c> gets it as the last key
    /// without being asked; others must add their key. It must depend on its argument alone: what it makes of no order
    /// is kept.</param>
    /// <returns>The narrower query.</returns>
    /// <exception cref="ArgumentException">There is no order and no <c>Id</c>.</exception>
    public static SortedQuery<T> With<T>(
        this IQueryable<T> rows, QueryContext<T>? query, Func<SortDefinition<T>, SortDefinition<T>> sort)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(sort);
        var order = query?.Sorting is { IsEmpty: false } chosen
            ? TotalOrder<T>.Of(sort, chosen)
            : TotalOrder<T>.Of(sort);
        rows = query?.Predicate is { } predicate ? rows.Where(predicate) : rows;
        return new StreamedSortedQuery<T>(rows, order, query?.Columns ?? ColumnSet.All);
    }

    internal static IQueryable<T> Narrowed<T>(this IQueryable<T> rows, ColumnSet columns)
        where T : class =>
        RowSelector<T>.For(columns) is { } selector ? rows.Select(selector) : rows;

    internal static IQueryable<T> Ordered<T>(this IQueryable<T> rows, SortDefinition<T> sort, bool backwards)
        where T : class
    {
        IOrderedQueryable<T>? ordered = null;
        foreach (var key in sort.Keys)
        {
            ordered = key.Column.OrderOn(rows, ordered, key.Descending != backwards);
        }

        return ordered ?? rows;
    }

    /// <summary>Rows as they arrive; an in-memory source is simply walked.</summary>
    internal static IAsyncEnumerable<T> Streamed<T>(this IQueryable<T> rows) =>
        rows as IAsyncEnumerable<T> ?? rows.AsEnumerable().ToAsyncEnumerable();

    internal static Task<List<T>> ReadAsync<T>(this IQueryable<T> rows, CancellationToken cancellationToken) =>
        rows.Streamed().ReadAsync(cancellationToken);

    internal static async Task<List<T>> ReadAsync<T>(
        this IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            all.Add(row);
        }

        return all;
    }
}
