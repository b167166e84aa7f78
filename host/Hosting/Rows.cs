using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

/// <summary>The viewer's district as tables of rows. One per service scope; its queries may run side by side.</summary>
/// <remarks>Resolvers and loaders of one request run at the same time and an EF context serves one query at a time,
/// so every call takes a context of its own from a pool. They go back when the request ends.</remarks>
public sealed class Rows : IAsyncDisposable
{
    private readonly IDbContextFactory<RowsContext> contexts;
    private readonly ReadingConnections reading;
    private readonly ViewerScope scope;
    private readonly CompiledQueries compiled;
    private readonly List<RowsContext> rented = [];

    internal Rows(
        IDbContextFactory<RowsContext> contexts, ReadingConnections reading, ViewerScope scope,
        CompiledQueries compiled) =>
        (this.contexts, this.reading, this.scope, this.compiled) = (contexts, reading, scope, compiled);

    /// <summary>The rows of one table.</summary>
    /// <typeparam name="TRow">The row record that the module added to the store's tables.</typeparam>
    public IQueryable<TRow> Of<TRow>()
        where TRow : class => Open().Of<TRow>();

    /// <summary>All tables in one context, for a query that joins some of them.</summary>
    public RowsContext Open()
    {
        var context = contexts.CreateDbContext().In(scope.District, reading, compiled);
        lock (rented)
        {
            rented.Add(context);
        }

        return context;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in rented)
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }

        rented.Clear();
    }
}
