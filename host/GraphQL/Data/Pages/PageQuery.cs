namespace K12Hub.GraphQL.Data;

/// <summary>The query of one page: filtered, ordered, cut and narrowed, with one row too many to see whether there are
/// more.</summary>
internal sealed class PageQuery<T>(IQueryable<T> rows, PageRequest<T> request, ColumnSet columns)
    where T : class
{
    /// <summary>The page's rows as they arrive. A provider that knows such pages is not given the composed query, which
    /// takes longer to build and to recognise than to ask.</summary>
    public IAsyncEnumerable<T> Stream() =>
        rows.Provider is IPageProvider provider && request.Place is { } place && (IsStart(place) || IsRowValue(place))
            ? provider.Page(rows, Shape(), place, Compose)
            : Compose().Streamed();

    private IQueryable<T> Compose() => request.Between(rows)
        .Ordered(request.Sort, request.Backwards)
        .Take(request.Size + 1)
        .Narrowed(columns);

    private PageShape Shape() =>
        new(request.Sort, request.Backwards, request.After is null, request.Before is null, request.Size, columns);

    private static bool IsStart(object?[] place) => place.Length == 0;

    // Other comparisons depend on which values are missing, and capture some of them only.
    private bool IsRowValue(object?[] place) =>
        rows.Provider is IRowValueProvider && Keyset.ComparesRowValues(request.Sort, place);

    /// <summary>What makes the query, besides rows and values.</summary>
    private sealed record PageShape(
        SortDefinition<T> Sort, bool Backwards, bool FromStart, bool ToEnd, int Size, ColumnSet Columns);
}
