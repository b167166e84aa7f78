using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>One page for each of many parents, in one query.</summary>
public static class BatchPaging
{
    /// <summary>Reads the same page of every parent: the database numbers the rows of each parent in the order and
    /// returns no more than the page. For loaders of connections below a list.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <typeparam name="TKey">The parent's key.</typeparam>
    /// <param name="query">The rows of the wanted parents, in a total order.</param>
    /// <param name="parent">The parent's key in the row: <c>row => row.StudentId</c>.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A page per parent that has rows.</returns>
    public static async Task<Dictionary<TKey, Page<T>>> ToBatchPageAsync<T, TKey>(
        this SortedQuery<T> query,
        Expression<Func<T, TKey>> parent,
        PagingArguments paging,
        CancellationToken cancellationToken = default)
        where T : class
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(paging);
        var column = RowColumns<T>.Of(parent);
        var request = PageRequest<T>.Of(paging, query.Sort);
        var totals = request.Wanted.HasFlag(PageParts.TotalCount)
            ? await TotalsAsync(query.Rows, parent, cancellationToken).ConfigureAwait(false)
            : [];
        var behind = await BehindAsync(query, parent, request, cancellationToken).ConfigureAwait(false);
        var rows = await RowsAsync(query, parent, column, request, cancellationToken).ConfigureAwait(false);

        return rows.Keys.Union(totals.Keys).ToDictionary(
            key => key,
            key => Cut(rows.GetValueOrDefault(key, []), request, behind.Contains(key), Total(totals, key)));

        int? Total(Dictionary<TKey, int> known, TKey key) =>
            request.Wanted.HasFlag(PageParts.TotalCount) ? known.GetValueOrDefault(key) : null;
    }

    private static Page<T> Cut<T>(List<T> rows, PageRequest<T> request, bool behind, int? total)
        where T : class
    {
        var (items, more) = Paging.Trim(rows, request);
        return new Page<T>(items, row => Cursor.Write(request.Sort, row))
        {
            HasNextPage = request.Backwards ? behind : more,
            HasPreviousPage = request.Backwards ? more : behind,
            TotalCount = total,
        };
    }

    private static async Task<Dictionary<TKey, List<T>>> RowsAsync<T, TKey>(
        SortedQuery<T> query,
        Expression<Func<T, TKey>> parent,
        RowColumn<T> column,
        PageRequest<T> request,
        CancellationToken cancellationToken)
        where T : class
        where TKey : notnull
    {
        var grouped = new Dictionary<TKey, List<T>>();
        if ((request.Wanted & ~PageParts.TotalCount) == PageParts.None)
        {
            return grouped;
        }

        var rows = request.Between(query.Rows);
        var keys = rows.Select(parent).Distinct();
        var columns = request.WithKeys(query.Columns).With(column.Index);
        var pages = keys.SelectMany(PageOf<T, TKey>(rows, column, request)).Ordered(request.Sort, request.Backwards);
        foreach (var row in await pages.Narrowed(columns).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var key = (TKey)column.Read(row)!;
            if (!grouped.TryGetValue(key, out var siblings))
            {
                grouped.Add(key, siblings = []);
            }

            siblings.Add(row);
        }

        return grouped;
    }

    /// <summary><c>key => rows.Where(row => row.Parent == key).OrderBy(…).Take(n + 1)</c>.</summary>
    private static Expression<Func<TKey, IEnumerable<T>>> PageOf<T, TKey>(
        IQueryable<T> rows, RowColumn<T> column, PageRequest<T> request)
        where T : class
    {
        var key = Expression.Parameter(typeof(TKey), "key");
        var own = Expression.Lambda<Func<T, bool>>(
            Expression.Equal(column.Access, Expression.Convert(key, column.Access.Type)), RowColumns<T>.Row);
        var page = rows.Where(own).Ordered(request.Sort, request.Backwards).Take(request.Size + 1);
        return Expression.Lambda<Func<TKey, IEnumerable<T>>>(page.Expression, key);
    }

    private static async Task<HashSet<TKey>> BehindAsync<T, TKey>(
        SortedQuery<T> query,
        Expression<Func<T, TKey>> parent,
        PageRequest<T> request,
        CancellationToken cancellationToken)
        where T : class
    {
        var cursor = request.Backwards ? request.Before : request.After;
        var wanted = request.Backwards ? PageParts.HasNextPage : PageParts.HasPreviousPage;
        if (cursor is null || !request.Wanted.HasFlag(wanted))
        {
            return [];
        }

        var behind = query.Rows.Where(
            Keyset.Beyond(query.Rows, request.Sort, cursor, !request.Backwards, inclusive: true));
        return [.. await behind.Select(parent).Distinct().ReadAsync(cancellationToken).ConfigureAwait(false)];
    }

    private static async Task<Dictionary<TKey, int>> TotalsAsync<T, TKey>(
        IQueryable<T> rows, Expression<Func<T, TKey>> parent, CancellationToken cancellationToken)
        where TKey : notnull
    {
        var totals = await rows.GroupBy(parent)
            .Select(group => new KeyValuePair<TKey, int>(group.Key, group.Count()))
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        return totals.ToDictionary();
    }
}
