using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>The condition "lies behind (or before) this place in the order": for keys a, b, id it is
/// <c>a >= @a and (a > @a or a = @a and (b > @b or b = @b and id > @id))</c>, each comparison turned round where the
/// key descends. The first part says nothing new, but lets an index on the first key start at the place.</summary>
/// <remarks>A missing value is larger than any other, as PostgreSQL orders.</remarks>
internal static class Keyset
{
    /// <param name="rows">Only asked for its provider: one that compares row values gets such a comparison.</param>
    /// <param name="sort">The order.</param>
    /// <param name="place">The values of the order's keys.</param>
    /// <param name="backwards">Whether to look before the place.</param>
    /// <param name="inclusive">Whether the place itself counts.</param>
    public static Expression<Func<T, bool>> Beyond<T>(
        IQueryable<T> rows, SortDefinition<T> sort, object?[] place, bool backwards, bool inclusive = false)
        where T : class
    {
        if (!inclusive && rows.Provider is IRowValueProvider provider && ComparesRowValues(sort, place))
        {
            return Expression.Lambda<Func<T, bool>>(AsRowValues(provider, sort, place, backwards), RowColumns<T>.Row);
        }

        Expression? condition = inclusive ? Expression.Constant(true) : null;
        Step<T> step = default;
        for (var i = sort.Keys.Length - 1; i >= 0; i--)
        {
            step = Step<T>.Of(sort.Keys[i], place[i], backwards);
            condition = step.With(condition);
        }

        if (sort.Keys.Length > 1 && step.AtLeast() is { } bound)
        {
            condition = Expression.AndAlso(bound, condition!);
        }

        return Expression.Lambda<Func<T, bool>>(condition!, RowColumns<T>.Row);
    }

    /// <summary>Whether one comparison of row values says it, where the provider can.</summary>
    public static bool ComparesRowValues<T>(SortDefinition<T> sort, object?[] place)
        where T : class => IsUniform(sort) && !place.Contains(null);

    // Row values know no missing values, and one direction only.
    private static bool IsUniform<T>(SortDefinition<T> sort)
        where T : class
    {
        var keys = sort.Keys;
        foreach (var key in keys)
        {
            var isPlain = !key.Column.IsNullable && key.Column.Property.PropertyType != typeof(bool);
            if (!isPlain || key.Descending != keys[0].Descending) return false;
        }

        return keys.Length is > 1 and < 8;
    }

    private static Expression AsRowValues<T>(
        IRowValueProvider provider, SortDefinition<T> sort, object?[] place, bool backwards)
        where T : class
    {
        var columns = new Expression[place.Length];
        var values = new Expression[place.Length];
        for (var i = 0; i < place.Length; i++)
        {
            columns[i] = sort.Keys[i].Column.Access;
            values[i] = sort.Keys[i].Column.Parameter(place[i]);
        }

        return provider.Compare(columns, values, greater: sort.Keys[0].Descending == backwards);
    }

    /// <summary>One key: its column, the place's value (null when missing), and whether further means larger.</summary>
    private readonly record struct Step<T>(RowColumn<T> Column, Expression? Value, bool Up)
        where T : class
    {
        private BinaryExpression IsNull =>
            Expression.Equal(Column.Access, Expression.Constant(null, Column.Property.PropertyType));

        private BinaryExpression IsEqual => Value is null ? IsNull : Expression.Equal(Column.Access, Value);

        public static Step<T> Of(SortKey<T> key, object? value, bool backwards) =>
            new(key.Column, value is null ? null : key.Column.Parameter(value), key.Descending == backwards);

        /// <summary>Further by this key, or equal in it and further by the rest.</summary>
        public Expression With(Expression? rest)
        {
            var tied = rest switch
            {
                null => null,
                ConstantExpression => IsEqual,
                _ => Expression.AndAlso(IsEqual, rest),
            };

            return (Further(), tied) switch
            {
                ({ } f, { } t) => Expression.OrElse(f, t),
                (null, null) => Expression.Constant(false),
                var (f, t) => f ?? t!,
            };
        }

        /// <summary>Null where it would not help an index: columns with missing values, and booleans.</summary>
        public Expression? AtLeast() => Value is null || Value.Type == typeof(bool) || Column.IsNullable
            ? null
            : Comparison.Of(
                Up ? ExpressionType.GreaterThanOrEqual : ExpressionType.LessThanOrEqual, Column.Access, Value);

        /// <summary>Null when nothing can be further.</summary>
        private Expression? Further()
        {
            if (Value is null)
            {
                return Up ? null : Expression.Not(IsNull);
            }

            var compared = Comparison.Of(
                Up ? ExpressionType.GreaterThan : ExpressionType.LessThan, Column.Access, Value);
            return (Column.IsNullable, Up) switch
            {
                (true, true) => Expression.OrElse(compared, IsNull),
                (true, false) => Expression.AndAlso(Expression.Not(IsNull), compared),
                _ => compared,
            };
        }
    }
}
