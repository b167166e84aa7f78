using System.Collections;
using System.Linq.Expressions;

namespace K12Hub.Hosting;

/// <summary>A query over the rows of a district, not asked yet.</summary>
internal sealed class RowsQuery<T>(RowsProvider provider, Expression expression)
    : IOrderedQueryable<T>, IAsyncEnumerable<T>
{
    public Type ElementType => typeof(T);

    public Expression Expression => expression;

    public IQueryProvider Provider => provider;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        provider.Stream<T>(expression).GetAsyncEnumerator(cancellationToken);

    public IEnumerator<T> GetEnumerator() => provider.Execute<IEnumerable<T>>(expression).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
