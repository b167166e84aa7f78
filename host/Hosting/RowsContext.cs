using System.Linq.Expressions;
using K12Hub.EventStore;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace K12Hub.Hosting;

/// <summary>The rows of one district as LINQ. For reading only: rows are written by the store, with the events they
/// follow from.</summary>
public sealed class RowsContext(DbContextOptions<RowsContext> options) : DbContext(options)
{
    private readonly Dictionary<Type, LambdaExpression> masks = [];
    private RowsProvider? provider;

    /// <summary>The district whose rows are seen; every query is filtered by it.</summary>
    internal short Tenant { get; set; }

    /// <summary>Who reads, for the conditions of rows.</summary>
    internal Viewer Viewer { get; set; } = Viewer.Nobody;

    /// <summary>What all contexts share; null leaves translating to EF alone.</summary>
    internal CompiledQueries? Compiled { get; set; }

    /// <summary>What the viewer is not shown of rows that are seen; null where that is nothing. The same for all
    /// viewers whom a context of the pool comes to.</summary>
    internal ColumnGuards? Guards { get; set; }

    /// <summary>What its query is sent with; null when it asks alone.</summary>
    internal QueryWave? Wave { get; set; }

    /// <summary>The rows of one table.</summary>
    public IQueryable<TRow> Of<TRow>()
        where TRow : class
    {
        IQueryable<TRow> rows = Set<TRow>();
        if (Compiled is null) return rows;

        rows = new RowsQuery<TRow>(Provider(rows, Compiled), rows.Expression);
        return Guards?.Has(typeof(TRow)) is true ? rows.Select(MaskOf<TRow>(Guards)) : rows;
    }

    /// <summary>The rows that belong to keys, see <see cref="Rows.OfKeys"/>.</summary>
    internal IAsyncEnumerable<TResult> OfKeys<TKey, TRow, TResult>(
        IReadOnlyList<TKey> keys, QueryContext<TRow> wanted, KeyedQuery<TKey, TRow, TResult> compose)
        where TRow : class => Compiled is null
            ? compose(this, keys, wanted).AsAsyncEnumerable()
            : Provider(Set<TRow>(), Compiled).OfKeys(keys, wanted, compose);

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => throw ReadOnly();

    // What conditions of rows are asked with, see RowConditions.
    internal Guid SchoolOf(string permission) => Viewer.ReachOf(permission).Schools[0];

    internal IEnumerable<Guid> SchoolsOf(string permission) => Viewer.ReachOf(permission).Schools;

    internal IEnumerable<Guid> TopicsOf(string permission) => Viewer.ReachOf(permission).Topics;

    internal IEnumerable<Guid> PeopleOf(string permission) => Viewer.ReachOf(permission).People;

    internal IEnumerable<Guid> Opened() => Viewer.Opened;

    /// <summary>Makes it one of a viewer.</summary>
    internal RowsContext For(Viewer viewer, DistrictId district, ReadingConnections reading, CompiledQueries compiled)
    {
        Viewer = viewer;
        return In(district, reading, compiled);
    }

    /// <summary>Makes it one of a district, by every query's filter and by the connection it asks on. A context that
    /// nobody has made so has no connection.</summary>
    internal RowsContext In(DistrictId district, ReadingConnections reading, CompiledQueries? compiled = null)
    {
        (Tenant, Compiled) = (district.Value, compiled);
        Database.SetDbConnection(reading.Connect(district), contextOwnsConnection: true);
        return this;
    }

    private Expression<Func<TRow, TRow>> MaskOf<TRow>(ColumnGuards guards)
    {
        if (!masks.TryGetValue(typeof(TRow), out var mask))
        {
            masks.Add(typeof(TRow), mask = guards.MaskOf(typeof(TRow), this));
        }

        return (Expression<Func<TRow, TRow>>)mask;
    }

    // Pooled with the context, so it is made once in a context's life.
    private RowsProvider Provider(IQueryable rows, CompiledQueries compiled) =>
        provider ??= new RowsProvider(this, (IAsyncQueryProvider)rows.Provider, compiled);

    private static NotSupportedException ReadOnly() => new("Rows are written by the event store only.");
}
