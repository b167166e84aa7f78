using System.Linq.Expressions;
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
    : IAsyncQueryProvider, IRowValueProvider
{
    private static readonly MemberExpression Functions = Expression.Property(null, typeof(EF), nameof(EF.Functions));

    private readonly QueryShape shape = new();

    public IQueryable<T> CreateQuery<T>(Expression expression) => new RowsQuery<T>(this, expression);

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

    public Expression Compare(IReadOnlyList<Expression> columns, IReadOnlyList<Expression> values, bool greater)
    {
        var name = greater
            ? nameof(NpgsqlDbFunctionsExtensions.GreaterThan)
            : nameof(NpgsqlDbFunctionsExtensions.LessThan);
        return Expression.Call(
            typeof(NpgsqlDbFunctionsExtensions), name, null, Functions, Tuple(columns), Tuple(values));
    }

    private static UnaryExpression Tuple(IReadOnlyList<Expression> items) => Expression.Convert(
        Expression.Call(
            typeof(ValueTuple), nameof(ValueTuple.Create), [.. items.Select(item => item.Type)], [.. items]),
        typeof(ITuple));
}
