using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.GraphQL.Data;

/// <summary>Builds <c>row => new Row { Id = row.Id, … }</c> for a set of columns, once per set.</summary>
internal static class RowSelector<T>
    where T : class
{
    /// <summary>Clients choose the sets, so the number kept is bounded; beyond it they are built anew.</summary>
    private const int Kept = 512;

    private static readonly ConcurrentDictionary<ColumnSet, Expression<Func<T, T>>> Built = new();

    private static readonly ConstructorInfo Constructor = Find();

    public static Expression<Func<T, T>>? For(ColumnSet columns)
    {
        if (columns.IsAll || RowColumns<T>.All.Length > ColumnSet.Largest)
        {
            return null;
        }

        if (Built.TryGetValue(columns, out var selector))
        {
            return selector;
        }

        selector = Expression.Lambda<Func<T, T>>(Copy(columns), RowColumns<T>.Row);
        if (Built.Count < Kept)
        {
            Built.TryAdd(columns, selector);
        }

        return selector;
    }

    private static MemberInitExpression Copy(ColumnSet columns)
    {
        var parameters = Constructor.GetParameters();
        var positional = parameters.Select(parameter => Argument(parameter, columns));
        var settable = RowColumns<T>.All.Where(column =>
            columns.Has(column.Index) && column.Property.CanWrite && !parameters.Any(p => p.Name == column.Name));

        return Expression.MemberInit(
            Expression.New(Constructor, positional),
            settable.Select(column => Expression.Bind(column.Property, column.Access)));
    }

    private static Expression Argument(ParameterInfo parameter, ColumnSet columns)
    {
        var column = RowColumns<T>.Of(parameter.Name!);
        return columns.Has(column.Index) ? column.Access : Expression.Default(parameter.ParameterType);
    }

    /// <summary>The constructor without parameters, or the one of a positional record.</summary>
    private static ConstructorInfo Find()
    {
        var names = RowColumns<T>.All.Select(column => column.Name).ToHashSet();
        return typeof(T).GetConstructors()
            .Where(constructor => constructor.GetParameters().All(parameter => names.Contains(parameter.Name!)))
            .MinBy(constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException(
                $"{typeof(T).Name} cannot be built from columns: give it settable properties, " +
                "or make it a positional record.");
    }
}
