using K12Hub.EventStore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace K12Hub.Hosting;

/// <summary>Two pools of contexts over one model: for queries that are asked alone, and for those of a wave. EF tells
/// interceptors all it does, which costs a query as much as reading some rows; only the second kind has one.</summary>
internal sealed class RowsContexts : IDbContextFactory<RowsContext>
{
    private readonly PooledDbContextFactory<RowsContext> alone;
    private readonly PooledDbContextFactory<RowsContext> together;

    public RowsContexts(TableMaps tables, IEnumerable<RowList> lists)
    {
        var model = RowsModel.Of(tables, lists);
        (alone, together) = (Pool(model), Pool(model, new WaveInterceptor()));
    }

    /// <summary>A context whose query is asked alone.</summary>
    public RowsContext CreateDbContext() => alone.CreateDbContext();

    /// <summary>A context whose query goes with a wave.</summary>
    public RowsContext CreateDbContext(QueryWave wave)
    {
        var context = together.CreateDbContext();
        context.Wave = wave;
        return context;
    }

    private static PooledDbContextFactory<RowsContext> Pool(IModel model, params IInterceptor[] interceptors) =>
        new(new DbContextOptionsBuilder<RowsContext>()
            // Which connection is said with the district, see RowsContext.In. A statement that reads is not run again
            // by itself, so it need not be wrapped for that each time.
            .UseNpgsql(npgsql => npgsql.ExecutionStrategy(
                dependencies => new NonRetryingExecutionStrategy(dependencies)))
            .UseModel(model)
            .AddInterceptors(interceptors)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(false) // Every query has a context of its own, see Rows.
            .Options);
}
