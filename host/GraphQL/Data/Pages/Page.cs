namespace K12Hub.GraphQL.Data;

/// <summary>A page of rows in a fixed order, and what lies on both sides of it.</summary>
public abstract class Page
{
    /// <summary>Whether rows follow the page. False when nobody asked.</summary>
    public bool HasNextPage { get; init; }

    /// <summary>Whether rows precede the page. False when nobody asked.</summary>
    public bool HasPreviousPage { get; init; }

    /// <summary>Rows in all pages together; null when nobody asked.</summary>
    public int? TotalCount { get; init; }

    /// <summary>The cursor of the first row; null when the page is empty.</summary>
    public abstract string? StartCursor { get; }

    /// <summary>The cursor of the last row; null when the page is empty.</summary>
    public abstract string? EndCursor { get; }

    /// <summary>The rows.</summary>
    public abstract IReadOnlyList<object> Nodes { get; }

    /// <summary>The rows with their cursors.</summary>
    public abstract IReadOnlyList<Edge> Edges { get; }
}

/// <summary>A page of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <param name="items">The rows, in order.</param>
/// <param name="cursor">Writes the cursor of a row.</param>
public sealed class Page<T>(IReadOnlyList<T> items, Func<T, string> cursor) : Page
    where T : class
{
    private Edge[]? edges;

    /// <summary>A page without rows of nothing.</summary>
    public Page()
        : this([], _ => "") => TotalCount = 0;

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<T> Items { get; } = items;

    /// <inheritdoc/>
    public override string? StartCursor => Items.Count == 0 ? null : cursor(Items[0]);

    /// <inheritdoc/>
    public override string? EndCursor => Items.Count == 0 ? null : cursor(Items[^1]);

    /// <inheritdoc/>
    public override IReadOnlyList<object> Nodes => Items;

    /// <inheritdoc/>
    public override IReadOnlyList<Edge> Edges => edges ??= WithCursors();

    /// <summary>The same page of what is made of its rows, with the same cursors.</summary>
    /// <typeparam name="TOther">What is made of a row.</typeparam>
    /// <param name="make">Makes it.</param>
    /// <returns>The page.</returns>
    public Page<TOther> Select<TOther>(Func<T, TOther> make)
        where TOther : class
    {
        var made = Items.Select(make).ToArray();
        return new(made, one => cursor(Items[Array.FindIndex(made, other => ReferenceEquals(other, one))]))
        {
            HasNextPage = HasNextPage, HasPreviousPage = HasPreviousPage, TotalCount = TotalCount,
        };
    }

    private Edge[] WithCursors()
    {
        var all = new Edge[Items.Count];
        for (var i = 0; i < all.Length; i++)
        {
            var row = Items[i];
            all[i] = new Edge(row, () => cursor(row));
        }

        return all;
    }
}

/// <summary>A row of a connection and its place.</summary>
/// <param name="node">The row.</param>
/// <param name="cursor">Writes the cursor.</param>
public sealed class Edge(object node, Func<string> cursor)
{
    /// <summary>The row.</summary>
    public object Node { get; } = node;

    /// <summary>The row's place: pass it as <c>after</c> or <c>before</c>, with the same order.</summary>
    public string Cursor => cursor();
}
