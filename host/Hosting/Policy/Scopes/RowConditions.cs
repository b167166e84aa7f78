using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

/// <summary>Makes of what is said of a kind of row the condition its queries have, for viewers whose permissions go
/// equally far.</summary>
/// <param name="access">What is said of all kinds of rows.</param>
/// <param name="reachOf">How far each permission goes.</param>
internal sealed class RowConditions(RowAccessCatalog access, Func<string, ReachKind> reachOf)
{
    /// <summary>Beside <see cref="ReachKind.Schools"/>: it is one school, so that an index on schools gives its rows in
    /// the index's order.</summary>
    public const ReachKind One = (ReachKind)64;

    // EF puts the context of the query at hand in place of any expression of its type.
    private static readonly ConstantExpression Context = Expression.Constant(null, typeof(RowsContext));

    private static readonly MethodInfo Contains = typeof(Enumerable).GetMethods()
        .Single(method => method.Name == nameof(Enumerable.Contains) && method.GetParameters().Length == 2)
        .MakeGenericMethod(typeof(Guid));

    private static readonly MethodInfo Any = typeof(Queryable).GetMethods()
        .Single(method => method.Name == nameof(Queryable.Any) && method.GetParameters().Length == 2);

    /// <summary>For whoever reaches the whole district with every permission.</summary>
    public static RowConditions OfDistrict(RowAccessCatalog access) => new(access, _ => ReachKind.District);

    /// <summary>The condition; null where all rows are seen.</summary>
    /// <param name="rowType">The row record.</param>
    /// <param name="row">A row.</param>
    public Expression? Of(Type rowType, ParameterExpression row)
    {
        var said = access.Of(rowType);
        var reach = reachOf(said.Permission);
        var seen = said.Whole(reach) switch
        {
            true => null,
            false => Expression.Constant(false),
            null => Reached(said, said.Permission, reach, row),
        };
        return said.Privacy is { } privacy && seen is not ConstantExpression
            ? And(seen, Inside(privacy, said.Permission, row))
            : seen;
    }

    private static Expression And(Expression? left, Expression right) =>
        left is null ? right : Expression.AndAlso(left, right);

    private Expression Reached(IRowAccess said, string permission, ReachKind reach, ParameterExpression row) =>
        said.Ways.Where(way => (way.Kind & reach) != 0)
            .Select(way => Reached(way, permission, reach, row))
            .Aggregate(Expression.OrElse);

    private Expression Reached(RowWay way, string permission, ReachKind reach, ParameterExpression row) =>
        way.Other is { } other
            ? Exists(way, other, permission, (way.Kind & reach) | (reach & One), row)
            : way.Keys.Select(key => In(Body(key, row), way.Kind, permission, reach)).Aggregate(Expression.AndAlso);

    // tables.Set<Other>().Any(other => other.Key == row.Key && (other is reached by the same permission)). That the
    // viewer sees the other at all, the other's own condition says, which EF adds; mostly that says it all.
    private MethodCallExpression Exists(
        RowWay way, Type otherType, string permission, ReachKind reach, ParameterExpression row)
    {
        var other = Expression.Parameter(otherType, "other");
        var same = Expression.Equal(Body(way.OtherKey!, other), Body(way.Keys[0], row));
        var said = access.Of(otherType);
        var isSaid = said.Permission == permission && reachOf(permission) == reach;
        var condition = isSaid
            ? same
            : Expression.AndAlso(same, Reached(said, permission, reach, other));
        var set = Expression.Call(Context, nameof(DbContext.Set), [otherType]);
        return Expression.Call(Any.MakeGenericMethod(otherType), set, Expression.Lambda(condition, other));
    }

    private static Expression In(Expression key, ReachKind kind, string permission, ReachKind reach)
    {
        var name = Expression.Constant(permission);
        if (kind is ReachKind.Schools && (reach & One) != 0)
        {
            return Expression.Equal(key, Expression.Call(Context, nameof(RowsContext.SchoolOf), [], name));
        }

        var ids = kind switch
        {
            ReachKind.Schools => nameof(RowsContext.SchoolsOf),
            ReachKind.Topics => nameof(RowsContext.TopicsOf),
            _ => nameof(RowsContext.PeopleOf),
        };
        return Expression.Call(Contains, Expression.Call(Context, ids, [], name), key);
    }

    private static BinaryExpression Inside(RowPrivacy privacy, string permission, ParameterExpression row) =>
        Expression.OrElse(
            Expression.Not(Parameterless(privacy.IsPrivate, row)),
            Expression.OrElse(
                In(Body(privacy.Topic, row), ReachKind.Topics, permission, ReachKind.Topics),
                Expression.Call(
                    Contains, Expression.Call(Context, nameof(RowsContext.Opened), []), Body(privacy.Id, row))));

    /// <summary>What a key gives of a row; a null is equal to nothing, as in SQL.</summary>
    private static Expression Body(LambdaExpression key, ParameterExpression row)
    {
        var body = Parameterless(key, row);
        if (body is UnaryExpression { NodeType: ExpressionType.Convert, Operand.Type: var type } widened
            && type == typeof(Guid))
        {
            return widened.Operand;
        }

        return Expression.Property(body, nameof(Nullable<Guid>.Value));
    }

    private static Expression Parameterless(LambdaExpression key, ParameterExpression row) =>
        new Replaced(key.Parameters[0], row).Visit(key.Body);

    private sealed class Replaced(ParameterExpression old, ParameterExpression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == old ? by : node;
    }
}
