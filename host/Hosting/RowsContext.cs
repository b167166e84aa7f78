using K12Hub.EventStore;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

/// <summary>The rows of one district as LINQ. For reading only: rows are written by the store, with the events they
/// follow from.</summary>
public sealed class RowsContext(DbContextOptions<RowsContext> options) : DbContext(options)
{
    /// <summary>The district whose rows are seen; every query is filtered by it.</summary>
    internal short Tenant { get; set; }

    /// <summary>The rows of one table.</summary>
    public IQueryable<TRow> Of<TRow>()
        where TRow : class => Set<TRow>();

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => throw ReadOnly();

    internal RowsContext In(DistrictId district)
    {
        Tenant = district.Value;
        return this;
    }

    private static NotSupportedException ReadOnly() => new("Rows are written by the event store only.");
}
