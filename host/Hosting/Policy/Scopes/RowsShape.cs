using Microsoft.EntityFrameworkCore.Infrastructure;

namespace K12Hub.Hosting;

/// <summary>What all viewers read with whose permissions go equally far: the district, some schools, one school and so
/// on. Their queries are translated once for all of them, and differ from others' by conditions.</summary>
internal sealed class RowsShape(
    object owner, PooledDbContextFactory<RowsContext> alone, PooledDbContextFactory<RowsContext> together,
    CompiledQueries compiled, ColumnGuards? guards)
{
    /// <summary>Whose shape it is.</summary>
    public object Owner => owner;

    public CompiledQueries Compiled => compiled;

    /// <summary>A context whose query is asked alone.</summary>
    public RowsContext Create() => Guarded(alone.CreateDbContext());

    /// <summary>A context whose query goes with a wave.</summary>
    public RowsContext Create(QueryWave wave)
    {
        var context = Guarded(together.CreateDbContext());
        context.Wave = wave;
        return context;
    }

    private RowsContext Guarded(RowsContext context)
    {
        context.Guards = guards;
        return context;
    }
}
