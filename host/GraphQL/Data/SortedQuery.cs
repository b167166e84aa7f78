using System.Collections;
using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>Filtered rows with a total order, ready to be cut into pages. As a query it is ordered and has only the
/// wanted columns.</summary>
/// <typeparam name="T">The row.</typeparam>
public abstract class SortedQuery<T> : IOrderedQueryable<T>
    where T : class
{
    private IQueryable<T>? composed;

    private protected SortedQuery(IQueryable<T> rows, SortDefinition<T> sort, ColumnSet columns)
    {
        Rows = rows;
        Sort = sort;
        Columns = columns;
    }

    /// <inheritdoc/>
    public Type ElementType => typeof(T);

    /// <inheritdoc/>
    public Expression Expression => Composed.Expression;

    /// <inheritdoc/>
    public IQueryProvider Provider => Rows.Provider;

    internal IQueryable<T> Rows { get; }

    internal SortDefinition<T> Sort { get; }

    internal ColumnSet Columns { get; }

    private protected IQueryable<T> Composed => composed ??= Rows.Ordered(Sort, backwards: false).Narrowed(Columns);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Composed.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Can be awaited row by row. Not said by the public type, or every LINQ operator on it would be ambiguous
/// between <see cref="Queryable"/> and <see cref="AsyncEnumerable"/>.</summary>
internal sealed class StreamedSortedQuery<T>(IQueryable<T> rows, SortDefinition<T> sort, ColumnSet columns)
    : SortedQuery<T>(rows, sort, columns), IAsyncEnumerable<T>
    where T : class
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Composed.Streamed().GetAsyncEnumerator(cancellationToken);
}
