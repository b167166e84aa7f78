namespace K12Hub.GraphQL.Data;

/// <summary>Cuts ordered rows into pages by the values of their keys, so that page 1,000 costs what page 1
/// costs.</summary>
public static class Paging
{
    /// <summary>Reads one page: one query for the rows, and one more for each of the total count and the side of the
    /// page that the cursor came from, if the client selected it.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="query">The rows, in a total order.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The page; both of its sides are exact.</returns>
    public static async Task<Page<T>> ToPageAsync<T>(
        this SortedQuery<T> query, PagingArguments paging, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(paging);
        var request = PageRequest<T>.Of(paging, query.Sort);
        var (items, more) = await ItemsAsync(query, request, cancellationToken).ConfigureAwait(false);
        var behind = await BehindAsync(query, request, cancellationToken).ConfigureAwait(false);
        var total = request.Wanted.HasFlag(PageParts.TotalCount)
            ? await query.Rows.TotalAsync(cancellationToken).ConfigureAwait(false)
            : (int?)null;

        return new Page<T>(items, row => Cursor.Write(request.Sort, row))
        {
            HasNextPage = request.Backwards ? behind : more,
            HasPreviousPage = request.Backwards ? more : behind,
            TotalCount = total,
        };
    }

    /// <summary>The page's rows, and whether there are more in the direction of reading: one row too many is asked
    /// for.</summary>
    private static async Task<(List<T> Items, bool More)> ItemsAsync<T>(
        SortedQuery<T> query, PageRequest<T> request, CancellationToken cancellationToken)
        where T : class
    {
        if ((request.Wanted & ~PageParts.TotalCount) == PageParts.None)
        {
            return ([], false);
        }

        var page = new PageQuery<T>(query.Rows, request, request.WithKeys(query.Columns));
        var rows = await page.Stream().ReadAsync(cancellationToken).ConfigureAwait(false);

        return Trim(rows, request);
    }

    internal static (List<T> Items, bool More) Trim<T>(List<T> rows, PageRequest<T> request)
        where T : class
    {
        var more = rows.Count > request.Size;
        if (more)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (request.Backwards)
        {
            rows.Reverse();
        }

        return (rows, more);
    }

    /// <summary>Whether there are rows on the side the reading came from. Without a cursor there are none; with one
    /// it is asked, since the row of the cursor may be gone.</summary>
    private static async Task<bool> BehindAsync<T>(
        SortedQuery<T> query, PageRequest<T> request, CancellationToken cancellationToken)
        where T : class
    {
        var cursor = request.Backwards ? request.Before : request.After;
        var wanted = request.Backwards ? PageParts.HasNextPage : PageParts.HasPreviousPage;
        if (cursor is null || !request.Wanted.HasFlag(wanted))
        {
            return false;
        }

        var behind = await query.Rows
            .Where(Keyset.Beyond(query.Rows, request.Sort, cursor, !request.Backwards, inclusive: true))
            .Ordered(request.Sort, !request.Backwards)
            .Take(1)
            .Narrowed(request.WithKeys(ColumnSet.None))
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        return behind.Count > 0;
    }

    /// <summary>How many rows there are. A group that holds everything, because that is the one way to count
    /// asynchronously that every LINQ provider knows without further references.</summary>
    private static async Task<int> TotalAsync<T>(this IQueryable<T> rows, CancellationToken cancellationToken)
    {
        var counts = await rows.GroupBy(_ => 1).Select(group => group.Count())
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        return counts.Count == 0 ? 0 : counts[0];
    }
}
