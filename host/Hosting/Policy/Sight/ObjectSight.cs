using System.Linq.Expressions;
using System.Reflection;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

/// <summary>Finds an object by its global id, whoever asks, with all that says who sees it.</summary>
internal sealed class ObjectSight(
    RowsContexts contexts, ReadingConnections reading, RowAccessCatalog access, ShownTypes shown)
{
    private static readonly MethodInfo Find = typeof(ObjectSight).GetMethod(
        nameof(FetchAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo ParseKey = typeof(NodeId).GetMethod(nameof(NodeId.Parse))!;

    /// <summary>The object; null when the district has none with this id.</summary>
    /// <exception cref="GraphQLException">It is no id of an object.</exception>
    public async Task<SeenObject?> FindAsync(DistrictId district, string id, CancellationToken ct)
    {
        var (type, raw) = NodeId.Split(id);
        if (shown.Schema?.FindType(type) is not ObjectType { RuntimeType: { } row } found
            || !found.Interfaces.Any(one => one.Name == "Node"))
        {
            throw new GraphQLException($"There are no nodes of type {type}.", "ID_INVALID");
        }

        var context = contexts.CreateDbContext().In(district, reading);
        await using var disposing = context.ConfigureAwait(false);
        var key = context.Model.FindEntityType(row)!.FindPrimaryKey()!.Properties[^1].PropertyInfo!;
        var parameter = Expression.Parameter(row);
        var value = ParseKey.MakeGenericMethod(key.PropertyType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [raw], null);
        var isIt = Expression.Equal(
            Expression.Property(parameter, key), Expression.Constant(value, key.PropertyType));
        var rows = await RowsAsync(context, row, Expression.Lambda(isIt, parameter), ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : await SeenAsync(context, rows[0], ct).ConfigureAwait(false);
    }

    private async Task<SeenObject> SeenAsync(RowsContext context, object row, CancellationToken ct)
    {
        var said = access.Of(row.GetType());
        var seen = new SeenObject(said, row);
        foreach (var way in said.Ways)
        {
            var others = new List<SeenObject>();
            if (way.Other is { } other && way.Keys[0].Of(row) is Guid key)
            {
                var parameter = way.OtherKey!.Parameters[0];
                var isIt = Expression.Equal(way.OtherKey.Body, Expression.Constant(key, typeof(Guid?)));
                var found = await RowsAsync(context, other, Expression.Lambda(isIt, parameter), ct)
                    .ConfigureAwait(false);
                foreach (var one in found) others.Add(await SeenAsync(context, one, ct).ConfigureAwait(false));
            }

            seen.Add(way, others);
        }

        return seen;
    }

    private static Task<List<object>> RowsAsync(
        RowsContext context, Type row, LambdaExpression which, CancellationToken ct) =>
        (Task<List<object>>)Find.MakeGenericMethod(row).Invoke(null, [context, which, ct])!;

    // Whoever asks: what follows says who sees them. The connection shows the district's rows only.
    private static async Task<List<object>> FetchAsync<TRow>(
        RowsContext context, Expression<Func<TRow, bool>> which, CancellationToken ct)
        where TRow : class
    {
        var district = context.Tenant;
        var rows = await context.Set<TRow>().IgnoreQueryFilters()
            .Where(row => EF.Property<short>(row, "TenantId") == district).Where(which)
            .ToListAsync(ct).ConfigureAwait(false);
        return [.. rows];
    }
}
