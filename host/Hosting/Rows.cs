using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Fetching;

namespace K12Hub.Hosting;

/// <summary>Composes the query of the rows that belong to keys.</summary>
/// <typeparam name="TKey">What the rows are asked for by.</typeparam>
/// <typeparam name="TRow">The row whose columns a field selects.</typeparam>
/// <typeparam name="TResult">What the query gives.</typeparam>
/// <param name="tables">Where the rows are.</param>
/// <param name="keys">The keys.</param>
/// <param name="wanted">What the field wants of the rows.</param>
/// <returns>The query.</returns>
public delegate IQueryable<TResult> KeyedQuery<TKey, TRow, out TResult>(
    RowsContext tables, IReadOnlyList<TKey> keys, QueryContext<TRow> wanted)
    where TRow : class;

/// <summary>What the viewer may see of the district, as tables of rows. One per service scope; its queries may run side
/// by side.</summary>
/// <remarks>Resolvers and loaders of one request run at the same time and an EF context serves one query at a time,
/// so every call takes a context of its own from a pool. They go back when the request ends. What loaders ask that are
/// started together is sent together, see <see cref="QueryWave"/>.</remarks>
public sealed class Rows : IBatchListener, IAsyncDisposable
{
    private readonly RowsContexts contexts;
    private readonly ReadingConnections reading;
    private readonly ViewerScope scope;
    private readonly List<RowsContext> rented = [];
    private readonly List<QueryWave> waves = [];
    private volatile QueryWave? wave;

    internal Rows(RowsContexts contexts, ReadingConnections reading, ViewerScope scope) =>
        (this.contexts, this.reading, this.scope) = (contexts, reading, scope);

    /// <summary>The rows of one table.</summary>
    /// <typeparam name="TRow">The row record that the module added to the store's tables.</typeparam>
    public IQueryable<TRow> Of<TRow>()
        where TRow : class => Open().Of<TRow>();

    /// <summary>The rows that belong to keys, for a loader. LINQ is composed and translated only the first time that
    /// these columns are wanted; a field's own filter or order takes the long way.</summary>
    /// <typeparam name="TKey">What the loader is asked for by.</typeparam>
    /// <typeparam name="TRow">The row whose columns the field selects.</typeparam>
    /// <typeparam name="TResult">What the query gives.</typeparam>
    /// <param name="keys">The keys; the only value the query may use.</param>
    /// <param name="wanted">What the field wants of the rows.</param>
    /// <param name="compose">Composes the query; a static lambda, for what it captured would be kept.</param>
    /// <returns>The rows as they arrive.</returns>
    public IAsyncEnumerable<TResult> OfKeys<TKey, TRow, TResult>(
        IReadOnlyList<TKey> keys, QueryContext<TRow> wanted, KeyedQuery<TKey, TRow, TResult> compose)
        where TRow : class => Open().OfKeys(keys, wanted, compose);

    /// <summary>All tables in one context, for a query that joins some of them.</summary>
    public RowsContext Open()
    {
        var joined = wave;
        var shape = contexts.ShapeOf(scope.Viewer);
        var context = (joined is null ? shape.Create() : shape.Create(joined))
            .For(scope.Viewer, scope.District, reading, shape.Compiled);
        lock (rented)
        {
            rented.Add(context);
        }

        return context;
    }

    void IBatchListener.OnStarting() => wave = new QueryWave(reading, scope.District);

    void IBatchListener.OnStarted()
    {
        if (wave is not { } full) return;

        wave = null;
        waves.Add(full);
        full.Send();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sent in waves)
        {
            await sent.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var context in rented)
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }

        rented.Clear();
    }
}
