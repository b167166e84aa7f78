namespace K12Hub.GraphQL.Data;

/// <summary>Which page a client wants: the first <paramref name="First"/> rows after a cursor, or the last
/// <paramref name="Last"/> before one.</summary>
/// <param name="First">Rows from the front; null when not given.</param>
/// <param name="After">Only rows after this cursor.</param>
/// <param name="Last">Rows from the back; null when not given.</param>
/// <param name="Before">Only rows before this cursor.</param>
public sealed record PagingArguments(
    int? First = null, string? After = null, int? Last = null, string? Before = null)
{
    /// <summary>No page is larger, whatever a field allows.</summary>
    public const int LargestPage = 100;

    /// <summary>The page size when neither <see cref="First"/> nor <see cref="Last"/> is given.</summary>
    public int DefaultPageSize { get; init; } = 10;

    /// <summary>The largest page of this field; 1 to <see cref="LargestPage"/>.</summary>
    public int MaxPageSize { get; init; } = LargestPage;

    /// <summary>What the client selected of the connection. What is not wanted is not queried.</summary>
    public PageParts Wanted { get; init; } = PageParts.Items | PageParts.HasNextPage | PageParts.HasPreviousPage;
}

/// <summary>The parts of a connection that cost something.</summary>
[Flags]
public enum PageParts
{
    /// <summary>Nothing but the type's name.</summary>
    None = 0,

    /// <summary><c>nodes</c>, <c>edges</c> or a cursor of the page.</summary>
    Items = 1,

    /// <summary><c>pageInfo.hasNextPage</c>.</summary>
    HasNextPage = 2,

    /// <summary><c>pageInfo.hasPreviousPage</c>.</summary>
    HasPreviousPage = 4,

    /// <summary><c>totalCount</c>: one count query.</summary>
    TotalCount = 8,
}
