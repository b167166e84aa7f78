using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace K12Hub.Hosting;

/// <summary>A query that EF translated once, asked with other values each time.</summary>
internal sealed class CompiledQuery<T>
{
    private static readonly MethodInfo[] Compilers =
    [
        .. typeof(EF).GetMethods()
            .Where(method => method.Name == nameof(EF.CompileAsyncQuery) && TakesQueryable(method))
            .OrderBy(method => method.GetGenericArguments().Length),
    ];

    private readonly Func<RowsContext, object?[], IAsyncEnumerable<T>> ask;

    private CompiledQuery(Func<RowsContext, object?[], IAsyncEnumerable<T>> ask) => this.ask = ask;

    /// <summary>Asks the database.</summary>
    public IAsyncEnumerable<T> Ask(RowsContext context, object?[] values) => ask(context, values);

    /// <param name="query">A query with a shape.</param>
    /// <param name="captured">The nodes in it that hold values.</param>
    public static CompiledQuery<T> Of(Expression query, IReadOnlyList<Expression> captured)
    {
        var context = Expression.Parameter(typeof(RowsContext), "context");
        var parameters = captured.Select((node, i) => Expression.Parameter(node.Type, $"p{i}")).ToArray();
        var body = new Replacing(context, captured, parameters).Visit(query)!;
        Type[] types = [typeof(RowsContext), .. parameters.Select(parameter => parameter.Type)];

        // (context, p0, p1, …) => query
        var lambda = Expression.Lambda(
            Expression.GetFuncType([.. types, typeof(IQueryable<T>)]), body, [context, .. parameters]);
        var compiled = Compilers[parameters.Length].MakeGenericMethod([.. types, typeof(T)]).Invoke(null, [lambda])!;
        return new CompiledQuery<T>(Called(compiled, context, parameters));
    }

    /// <summary><c>(context, values) => compiled(context, (P0)values[0], …)</c>.</summary>
    private static Func<RowsContext, object?[], IAsyncEnumerable<T>> Called(
        object compiled, ParameterExpression context, ParameterExpression[] parameters)
    {
        var values = Expression.Parameter(typeof(object[]), "values");
        var arguments = parameters.Select((parameter, i) => Expression.Convert(
            Expression.ArrayIndex(values, Expression.Constant(i)), parameter.Type));
        var call = Expression.Invoke(Expression.Constant(compiled), [context, .. arguments]);
        return Expression.Lambda<Func<RowsContext, object?[], IAsyncEnumerable<T>>>(call, context, values).Compile();
    }

    private static bool TakesQueryable(MethodInfo method) =>
        method.GetParameters()[0].ParameterType.GetGenericArguments()[0].GetGenericArguments()[^1] is { } result
        && result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IQueryable<>);

    /// <summary>Puts parameters in the place of values, and tables of any context in the place of one's.</summary>
    private sealed class Replacing(
        ParameterExpression context, IReadOnlyList<Expression> captured, ParameterExpression[] parameters)
        : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                if (ReferenceEquals(node, captured[i])) return parameters[i];
            }

            return base.Visit(node);
        }

        protected override Expression VisitExtension(Expression node) => node is EntityQueryRootExpression root
            ? Expression.Call(context, nameof(DbContext.Set), [root.ElementType])
            : base.VisitExtension(node);
    }
}
