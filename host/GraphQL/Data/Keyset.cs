using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>The condition "lies behind (or before) this place in the order": for keys a, b, id it is
/// <c>a >= @a and (a > @a or a = @a and (b > @b or b = @b and id > @id))</c>, each comparison turned round where the
/// key descends. The first part says nothing new, but lets an index on the first key start at the place.</summary>
/// <remarks>A missing value is larger than any other, as PostgreSQL orders.</remarks>
internal static class Keyset
{
    public static Expression<Func<T, bool>> Beyond<T>(
        SortDefinition<T> sort, object?[] place, bool backwards, bool inclusive = false)
        where T : class
    {
        Expression? condition = inclusive ? Expression.Constant(true) : null;
        for (var i = sort.Keys.Length - 1; i >= 0; i--)
        {
            condition = Step(sort.Keys[i], place[i], backwards, condition);
        }

        if (sort.Keys.Length > 1 && AtLeast(sort.Keys[0], place[0], backwards) is { } bound)
        {
            condition = Expression.AndAlso(bound, condition!);
        }

        return Expression.Lambda<Func<T, bool>>(condition!, RowColumns<T>.Row);
    }

    /// <summary>Further by this key, or equal in it and further by the rest.</summary>
    private static Expression Step<T>(SortKey<T> key, object? value, bool backwards, Expression? rest)
        where T : class
    {
        var further = Further(key, value, backwards);
        var tied = rest switch
        {
            null => null,
            ConstantExpression => Equal(key.Column, value),
            _ => Expression.AndAlso(Equal(key.Column, value), rest),
        };

        return (further, tied) switch
        {
            ({ } f, { } t) => Expression.OrElse(f, t),
            ({ } f, null) => f,
            (null, { } t) => t,
            _ => Expression.Constant(false),
        };
    }

    /// <summary>Null when nothing can be further.</summary>
    private static Expression? Further<T>(SortKey<T> key, object? value, bool backwards)
        where T : class
    {
        var column = key.Column;
        var up = key.Descending == backwards;
        if (value is null)
        {
            return up ? null : Expression.Not(IsNull(column));
        }

        var compared = Compare(column, value, up ? ExpressionType.GreaterThan : ExpressionType.LessThan);
        return up && column.IsNullable ? Expression.OrElse(compared, IsNull(column)) : compared;
    }

    /// <summary>Null where it would not help an index: columns with missing values, and booleans.</summary>
    private static Expression? AtLeast<T>(SortKey<T> key, object? value, bool backwards)
        where T : class
    {
        var up = key.Descending == backwards;
        return value is null or bool || key.Column.IsNullable
            ? null
            : Compare(key.Column, value, up ? ExpressionType.GreaterThanOrEqual : ExpressionType.LessThanOrEqual);
    }

    private static BinaryExpression Equal<T>(RowColumn<T> column, object? value)
        where T : class =>
        value is null ? IsNull(column) : Expression.Equal(column.Access, column.Parameter(value));

    private static BinaryExpression IsNull<T>(RowColumn<T> column)
        where T : class =>
        Expression.Equal(column.Access, Expression.Constant(null, column.Property.PropertyType));

    private static Expression Compare<T>(RowColumn<T> column, object? value, ExpressionType comparison)
        where T : class => Comparison.Of(comparison, column.Access, column.Parameter(value));
}
