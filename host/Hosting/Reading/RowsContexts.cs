using System.Collections.Concurrent;
using K12Hub.EventStore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace K12Hub.Hosting;

/// <summary>Contexts for viewers, pooled by how far their permissions go: each such shape has a model of its own, with
/// the conditions that its rows have for them. Whoever reaches the whole district has the one without any.</summary>
/// <remarks>Two pools a model: for queries that are asked alone, and for those of a wave. EF tells interceptors all it
/// does, which costs a query as much as reading some rows; only the second kind has one.</remarks>
internal sealed class RowsContexts : IDbContextFactory<RowsContext>
{
    private readonly TableMaps tables;
    private readonly IReadOnlyList<RowList> lists;
    private readonly RowAccessCatalog access;
    private readonly RowsShape district;
    private readonly ConcurrentDictionary<string, Lazy<RowsShape>> limited = new(StringComparer.Ordinal);

    public RowsContexts(
        TableMaps tables, IReadOnlyList<RowList> lists, RowAccessCatalog access, CompiledQueries compiled)
    {
        (this.tables, this.lists, this.access) = (tables, lists, access);
        district = Make(RowConditions.OfDistrict(access), compiled);
    }

    /// <summary>A context without a viewer; it has no connection until somebody says whose it is.</summary>
    public RowsContext CreateDbContext() => district.Create();

    /// <summary>What a viewer reads with.</summary>
    public RowsShape ShapeOf(Viewer viewer)
    {
        if (viewer.Shape is { } known && known.Owner == this) return known;

        var key = KeyOf(viewer);
        return viewer.Shape = key is null ? district : limited.GetOrAdd(key, _ => new(() => Make(viewer))).Value;
    }

    /// <summary>One character for each permission that rows are read by; null where all reach the district.</summary>
    private string? KeyOf(Viewer viewer)
    {
        var permissions = access.Permissions;
        Span<char> kinds = stackalloc char[permissions.Length];
        var isWide = true;
        for (var i = 0; i < permissions.Length; i++)
        {
            var kind = KindOf(viewer, permissions[i]);
            isWide &= kind is ReachKind.District;
            kinds[i] = (char)kind;
        }

        return isWide
            ? null
            : string.Concat(kinds, [.. access.Guards.Select(columns =>
                (char)('0' + (int)ColumnGuards.StateOf(columns, access, viewer)))]);
    }

    private static ReachKind KindOf(Viewer viewer, string permission)
    {
        var reach = viewer.ReachOf(permission);
        if (reach.IsDistrict) return ReachKind.District;

        return reach.Schools.Count == 1 ? reach.Kind | RowConditions.One : reach.Kind;
    }

    private RowsShape Make(Viewer viewer)
    {
        var kinds = access.Permissions.ToDictionary(
            permission => permission, permission => KindOf(viewer, permission), StringComparer.Ordinal);
        var conditions = new RowConditions(access, permission => kinds.GetValueOrDefault(permission));
        var guards = access.Guards.Select(columns => (columns, State: ColumnGuards.StateOf(columns, access, viewer)))
            .Where(one => one.State is not GuardState.Open)
            .ToDictionary(one => one.columns.Row, one => (one.columns, one.State is GuardState.Shut));
        return Make(conditions, new CompiledQueries(), guards.Count == 0 ? null : new(guards));
    }

    private RowsShape Make(RowConditions conditions, CompiledQueries compiled, ColumnGuards? guards = null)
    {
        var model = RowsModel.Of(tables, lists, conditions);
        return new(this, Pool(model), Pool(model, new WaveInterceptor()), compiled, guards);
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
