using System.Collections;
using System.Linq.Expressions;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Data;

/// <summary>A coerced <c>where</c>: what a client wants the rows to fulfil.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Filter<T>
    where T : class
{
    /// <summary>Most comparisons in one <c>where</c>.</summary>
    private const int MostComparisons = 50;

    private readonly IReadOnlyDictionary<string, object?> input;
    private readonly IReadOnlyDictionary<string, FilterField> fields;
    private Expression<Func<T, bool>>? predicate;

    internal Filter(IReadOnlyDictionary<string, object?> input, IReadOnlyDictionary<string, FilterField> fields)
    {
        this.input = input;
        this.fields = fields;
    }

    /// <summary>The condition; null when the filter is empty. Built when first asked for, so that what is wrong with
    /// an id is an error of the field and not of the whole request.</summary>
    internal Expression<Func<T, bool>>? Predicate => predicate ??= Build();

    private Expression<Func<T, bool>>? Build()
    {
        var budget = MostComparisons;
        return All(ref budget) is { } condition
            ? Expression.Lambda<Func<T, bool>>(condition, RowColumns<T>.Row)
            : null;
    }

    private Expression? All(ref int budget)
    {
        Expression? all = null;
        foreach (var (name, value) in input)
        {
            var condition = name switch
            {
                "and" => Every((IEnumerable?)value, ref budget),
                "or" => Any((IEnumerable?)value, ref budget),
                _ => Compared(fields[name], value, ref budget),
            };
            all = Join(all, condition, ExpressionType.AndAlso);
        }

        return all;
    }

    private static Expression? Every(IEnumerable? parts, ref int budget)
    {
        Expression? every = null;
        foreach (Filter<T> part in parts ?? Array.Empty<object>())
        {
            every = Join(every, part.All(ref budget), ExpressionType.AndAlso);
        }

        return every;
    }

    /// <summary>At least one part. Every row fulfils a part that asks for nothing, and with it the whole; no parts at
    /// all are no condition.</summary>
    private static Expression? Any(IEnumerable? parts, ref int budget)
    {
        Expression? any = null;
        var isAnything = false;
        foreach (Filter<T> part in parts ?? Array.Empty<object>())
        {
            var condition = part.All(ref budget);
            isAnything |= condition is null;
            any = Join(any, condition, ExpressionType.OrElse);
        }

        return isAnything ? null : any;
    }

    private static Expression? Compared(FilterField field, object? value, ref int budget)
    {
        var column = RowColumns<T>.Of(field.Property);
        Expression? all = null;
        foreach (var (operation, operand) in (IReadOnlyDictionary<string, object?>?)value
            ?? new Dictionary<string, object?>())
        {
            if (--budget < 0)
            {
                throw Invalid($"A filter has at most {MostComparisons} comparisons.");
            }

            var raw = Operand(field, column, operation, operand);
            all = Join(all, FilterOperation.Build(column, operation, raw), ExpressionType.AndAlso);
        }

        return all;
    }

    private static object? Operand(FilterField field, RowColumn<T> column, string operation, object? operand)
    {
        var type = column.Property.PropertyType;
        return operand switch
        {
            null when operation is "eq" or "neq" => column.IsNullable
                ? null
                : throw Invalid($"{field.Name} is never null."),
            null => throw Invalid($"{field.Name}.{operation} needs a value."),
            IList { Count: > FilterOperation.LargestList } => throw Invalid(
                $"{field.Name}.{operation} takes at most {FilterOperation.LargestList} values."),
            IList list => list.Cast<object?>().Select(item => Decoded(field, item!, type)).ToArray(),
            _ => Decoded(field, operand, type),
        };
    }

    // Databases keep no such text and say so with an error of their own.
    private static object Decoded(FilterField field, object operand, Type type) =>
        field.Decode(operand, type) is var value && value is string text && text.Contains('\0')
            ? throw Invalid($"{field.Name} never holds the character U+0000.")
            : value;

    private static Expression? Join(Expression? left, Expression? right, ExpressionType how) =>
        left is null || right is null ? left ?? right : Expression.MakeBinary(how, left, right);

    private static GraphQLException Invalid(string message) => new(message, "FILTER_INVALID");
}
