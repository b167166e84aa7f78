using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Data;

/// <summary>Paging arguments after checking them against one order.</summary>
internal sealed class PageRequest<T>
    where T : class
{
    private PageRequest(PagingArguments paging, SortDefinition<T> sort)
    {
        Wanted = paging.Wanted;
        Backwards = paging.Last is not null;
        Size = SizeOf(paging);
        Sort = sort;
        After = paging.After is { } after ? Cursor.Read(sort, after) : null;
        Before = paging.Before is { } before ? Cursor.Read(sort, before) : null;
    }

    public PageParts Wanted { get; }

    /// <summary>Counted from the back.</summary>
    public bool Backwards { get; }

    public int Size { get; }

    public SortDefinition<T> Sort { get; }

    public object?[]? After { get; }

    public object?[]? Before { get; }

    /// <summary>The values of the one cursor there is; none at the start; null when there are two cursors.</summary>
    public object?[]? Place => (After, Before) switch
    {
        (null, null) => [],
        (not null, not null) => null,
        _ => After ?? Before,
    };

    public static PageRequest<T> Of(PagingArguments paging, SortDefinition<T> sort) => new(paging, sort);

    /// <summary>The rows between the cursors.</summary>
    public IQueryable<T> Between(IQueryable<T> rows)
    {
        rows = After is null ? rows : rows.Where(Keyset.Beyond(rows, Sort, After, backwards: false));
        return Before is null ? rows : rows.Where(Keyset.Beyond(rows, Sort, Before, backwards: true));
    }

    /// <summary>The columns the page needs besides those wanted: its cursors are made of the order's keys.</summary>
    public ColumnSet WithKeys(ColumnSet columns)
    {
        foreach (var key in Sort.Keys)
        {
            columns = columns.With(key.Column.Index);
        }

        return columns;
    }

    private static int SizeOf(PagingArguments paging)
    {
        if (paging is { First: not null, Last: not null })
        {
            throw new GraphQLException("Ask for first or last, not for both.", "PAGING_INVALID");
        }

        var size = paging.First ?? paging.Last ?? paging.DefaultPageSize;
        var largest = Math.Min(paging.MaxPageSize, PagingArguments.LargestPage);
        return size >= 0 && size <= largest
            ? size
            : throw new GraphQLException(
                $"A page has 0 to {largest} rows; {size} were asked for. Use pageInfo.endCursor to go on.",
                "PAGING_INVALID");
    }
}
