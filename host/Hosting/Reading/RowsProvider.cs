using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace K12Hub.Hosting;

/// <summary>Asks EF, but has it translate queries of one shape only once. EF alone finds a query it knows by taking the
/// whole expression apart, which costs as much as asking; and it sends the size of a page as a parameter, so that
/// PostgreSQL plans anew each time.</summary>
/// <remarks>One per context, which serves one query at a time.</remarks>
internal sealed class RowsProvider(RowsContext context, IAsyncQueryProvider inner, CompiledQueries compiled)
    : IAsyncQueryProvider, IRowValueProvider, IPageProvider
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MemberExpression Functions = Expression.Property(null, typeof(EF), nameof(EF.Functions));

    private static readonly MethodInfo GreaterThan =
        typeof(NpgsqlDbFunctionsExtensions).GetMethod(nameof(NpgsqlDbFunctionsExtensions.GreaterThan))!;

    private static readonly MethodInfo LessThan =
        typeof(NpgsqlDbFunctionsExtensions).GetMethod(nameof(NpgsqlDbFunctionsExtensions.LessThan))!;

    /// <summary>ValueTuple.Create by the number of its items.</summary>
    private static readonly MethodInfo[] Creators =
    [
        .. typeof(ValueTuple).GetMethods()
            .Where(method => method.Name == nameof(ValueTuple.Create))
            .OrderBy(method => method.GetParameters().Length),
    ];

    private readonly QueryShape shape = new();

    public IQueryable<T> CreateQuery<T>(Expression expression)
    {
        if (context.Guards is { } guards && expression is MethodCallExpression call) guards.Check(call);
        return new RowsQuery<T>(this, expression);
    }

    public IQueryable CreateQuery(Expression expression) => inner.CreateQuery(expression);

    public object? Execute(Expression expression) => inner.Execute(expression);

    public TResult Execute<TResult>(Expression expression) => inner.Execute<TResult>(expression);

    public TResult ExecuteAsync<TResult>(Expression expression, CancellationToken cancellationToken = default) =>
        inner.ExecuteAsync<TResult>(expression, cancellationToken);

    /// <summary>The rows of a query as they arrive.</summary>
    public IAsyncEnumerable<T> Stream<T>(Expression query)
    {
        if (!shape.TryRead(query)) return inner.ExecuteAsync<IAsyncEnumerable<T>>(query);

        return compiled.Get(shape, () => CompiledQuery<T>.Of(query, shape.Captured)).Ask(context, shape.Values);
    }

    /// <summary>The rows of a page as they arrive. A page asked for before is found by the shape of its rows and by
    /// what is cut out of them.</summary>
    public IAsyncEnumerable<T> Page<T>(
        IQueryable<T> rows, object page, IReadOnlyList<object?> place, Func<IQueryable<T>> compose)
    {
        if (!shape.TryRead(rows.Expression) || !shape.TryAdd(page, place)) return Stream<T>(compose().Expression);

        var values = shape.Values;
        if (compiled.Find<T>(shape) is { } known) return known.Ask(context, values);

        var key = shape.Key;
        var query = compose().Expression;
        return shape.TryRead(query) && CapturesInOrder(values)
            ? compiled.Add(key, CompiledQuery<T>.Of(query, shape.Captured)).Ask(context, values)
            : Stream<T>(query);
    }

    /// <summary>The rows that belong to keys, as they arrive. Which query it is, its code and the wanted columns tell:
    /// there is nothing to compose when both are known.</summary>
    public IAsyncEnumerable<TResult> OfKeys<TKey, TRow, TResult>(
        IReadOnlyList<TKey> keys, QueryContext<TRow> wanted, KeyedQuery<TKey, TRow, TResult> compose)
        where TRow : class
    {
        if (wanted.Predicate is not null || wanted.Sorting is not null)
        {
            return Stream<TResult>(compose(context, keys, wanted).Expression);
        }

        shape.Begin(compose.Method, wanted.Selector, keys);
        var values = shape.Values;
        if (compiled.Find<TResult>(shape) is { } known) return known.Ask(context, values);

        if (compose.Target is { } target && target.GetType().GetFields(Instance).Length > 0)
        {
            throw new InvalidOperationException($"{compose.Method.Name} has captured values; make its lambda static.");
        }

        var key = shape.Key;
        var query = compose(context, keys, wanted).Expression;
        return shape.TryRead(query) && CapturesInOrder(values)
            ? compiled.Add(key, CompiledQuery<TResult>.Of(query, shape.Captured)).Ask(context, values)
            : Stream<TResult>(query);
    }

    public Expression Compare(IReadOnlyList<Expression> columns, IReadOnlyList<Expression> values, bool greater)
    {
        var create = Creators[columns.Count].MakeGenericMethod([.. columns.Select(column => column.Type)]);
        return Expression.Call(
            greater ? GreaterThan : LessThan, Functions, Tuple(create, columns), Tuple(create, values));
    }

    /// <summary>Whether the whole query captures just these values, in this order. Equal ones could stand in another
    /// order unseen; such a page is asked the long way, until one comes whose values differ.</summary>
    private bool CapturesInOrder(object?[] values) =>
        values.AsSpan().SequenceEqual(shape.Values) && values.Distinct().Count() == values.Length;

    private static UnaryExpression Tuple(MethodInfo create, IReadOnlyList<Expression> items) =>
        Expression.Convert(Expression.Call(create, items), typeof(ITuple));
}
