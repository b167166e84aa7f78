using System.Linq.Expressions;
using System.Reflection;
using K12Hub.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

/// <summary>Columns of a kind of row that are read by a permission of their own.</summary>
/// <param name="Row">The row record.</param>
/// <param name="List">A list of the same rows, read by that permission: who sees a row there sees the columns.</param>
/// <param name="Columns">Names of properties that both have.</param>
internal sealed record GuardedColumns(Type Row, Type List, IReadOnlyList<string> Columns);

/// <summary>How far somebody sees guarded columns of the rows that somebody sees.</summary>
internal enum GuardState
{
    /// <summary>Of all of them.</summary>
    Open,

    /// <summary>Of some: it depends on the row.</summary>
    ByRow,

    /// <summary>Of none.</summary>
    Shut,
}

/// <summary>What viewers whose permissions go equally far are not shown of rows that they see. Where the permission of
/// a group of columns goes as far as that of the rows, nothing is asked. Where it goes less far, a column is read from
/// the list of the group, whose condition says whose it is. Where it goes nowhere, it is not read at all, and nobody
/// may filter or order by it: that would tell it.</summary>
internal sealed class ColumnGuards(IReadOnlyDictionary<Type, (GuardedColumns Columns, bool IsShut)> guards)
{
    private static readonly MethodInfo MakeMask = typeof(ColumnGuards)
        .GetMethod(nameof(Mask), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>How far a viewer sees the columns.</summary>
    public static GuardState StateOf(GuardedColumns columns, RowAccessCatalog access, Viewer viewer)
    {
        var (group, rows) = (access.Of(columns.List), access.Of(columns.Row));
        var reach = viewer.ReachOf(group.Permission);
        return group.Whole(reach.Kind) is false ? GuardState.Shut
            : reach.Covers(viewer.ReachOf(rows.Permission)) ? GuardState.Open
            : GuardState.ByRow;
    }

    /// <summary>Whether something of a kind of row is not shown.</summary>
    public bool Has(Type row) => guards.ContainsKey(row);

    /// <summary>The rows without what is not shown: <c>row => new Row { Name = row.Name, Email = … }</c>.</summary>
    public LambdaExpression MaskOf(Type row, RowsContext context)
    {
        var (columns, isShut) = guards[row];
        return (LambdaExpression)MakeMask.MakeGenericMethod(row, columns.List)
            .Invoke(null, [context, columns, isShut])!;
    }

    /// <summary>Refuses a filter or an order by what somebody is not shown of any row.</summary>
    /// <exception cref="GraphQLException">There is one.</exception>
    public void Check(MethodCallExpression call)
    {
        if (call.Arguments.Count < 2 || call.Method.Name == nameof(Queryable.Select)) return;

        new Looking(guards).Visit(call.Arguments[1]);
    }

    private static Expression<Func<TRow, TRow>> Mask<TRow, TList>(
        RowsContext context, GuardedColumns columns, bool isShut)
        where TRow : class
        where TList : class
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        var shown = context.Model.FindEntityType(typeof(TRow))!.GetProperties()
            .Select(property => property.PropertyInfo).OfType<PropertyInfo>();
        return Expression.Lambda<Func<TRow, TRow>>(
            Expression.MemberInit(
                Expression.New(typeof(TRow)),
                shown.Select(property => Expression.Bind(
                    property,
                    !columns.Columns.Contains(property.Name) ? Expression.Property(row, property)
                    : isShut ? Expression.Default(property.PropertyType)
                    : FromList<TList>(context, row, property)))),
            row);
    }

    // list.Where(x => x.Id == row.Id).Select(x => x.Email).FirstOrDefault(): the list's own condition is in it.
    private static MethodCallExpression FromList<TList>(
        RowsContext context, ParameterExpression row, PropertyInfo property)
        where TList : class
    {
        var one = Expression.Parameter(typeof(TList), "one");
        var isIt = Expression.Equal(Expression.Property(one, "Id"), Expression.Property(row, "Id"));
        var rows = context.Set<TList>().Where(Expression.Lambda<Func<TList, bool>>(isIt, one));
        var column = Expression.Lambda(Expression.Property(one, property.Name), one);
        var values = Expression.Call(
            typeof(Queryable), nameof(Queryable.Select), [typeof(TList), property.PropertyType],
            rows.Expression, Expression.Quote(column));
        return Expression.Call(
            typeof(Queryable), nameof(Queryable.FirstOrDefault), [property.PropertyType], values);
    }

    private sealed class Looking(IReadOnlyDictionary<Type, (GuardedColumns Columns, bool IsShut)> guards)
        : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression is ParameterExpression { Type: var row }
            && guards.TryGetValue(row, out var guard) && guard.IsShut
            && guard.Columns.Columns.Contains(node.Member.Name)
                ? throw new GraphQLException(
                    $"You are not allowed to filter or order by {node.Member.Name}.", "AUTH_NOT_AUTHORIZED")
                : base.VisitMember(node);
    }
}
