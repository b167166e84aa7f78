using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.GraphQL.Data;

/// <summary>The comparisons of <c>where</c> and the types that have them.</summary>
internal static class FilterOperation
{
    /// <summary>Most values in one <c>in</c> or <c>nin</c>.</summary>
    public const int LargestList = 1000;

    public static readonly IReadOnlyList<string> Equality = ["eq", "neq"];

    public static readonly IReadOnlyList<string> Lists = ["in", "nin"];

    public static readonly IReadOnlyList<string> Ordering = ["gt", "gte", "lt", "lte"];

    public static readonly IReadOnlyList<string> Text = ["contains", "startsWith", "endsWith"];

    /// <summary>Comparisons that no index of the column answers, so that every row is looked at.</summary>
    public static readonly IReadOnlyList<string> Scans = ["contains", "endsWith"];

    /// <summary>The operations of a column whose values are the given scalar or enum.</summary>
    public static IEnumerable<string> Of(string graphQLType, bool isEnum) => graphQLType switch
    {
        "Boolean" => Equality,
        "String" => [.. Equality, .. Lists, .. Text],
        "ID" or "UUID" or "URI" => [.. Equality, .. Lists],
        _ => isEnum ? [.. Equality, .. Lists] : [.. Equality, .. Lists, .. Ordering],
    };

    /// <summary>The comparison in words, for the schema.</summary>
    public static string Meaning(string operation) => operation switch
    {
        "eq" => "Is this value; null: is missing.",
        "neq" => "Is another value, or missing; null: is there.",
        "in" => "Is one of these.",
        "nin" => "Is none of these.",
        "gt" => "Is greater or later.",
        "gte" => "Is this, or greater or later.",
        "lt" => "Is less or earlier.",
        "lte" => "Is this, or less or earlier.",
        "contains" => "Has this text in it; upper and lower case differ.",
        "startsWith" => "Begins with this text; upper and lower case differ.",
        "endsWith" => "Ends with this text; upper and lower case differ.",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such comparison."),
    };

    public static Expression Build<T>(RowColumn<T> column, string operation, object? value)
        where T : class => operation switch
        {
            "eq" => Expression.Equal(column.Access, column.Parameter(value)),
            "neq" => Expression.NotEqual(column.Access, column.Parameter(value)),
            "in" => In(column, value),
            "nin" => Expression.Not(In(column, value)),
            "gt" => Comparison.Of(ExpressionType.GreaterThan, column.Access, column.Parameter(value)),
            "gte" => Comparison.Of(ExpressionType.GreaterThanOrEqual, column.Access, column.Parameter(value)),
            "lt" => Comparison.Of(ExpressionType.LessThan, column.Access, column.Parameter(value)),
            "lte" => Comparison.Of(ExpressionType.LessThanOrEqual, column.Access, column.Parameter(value)),
            "contains" => InText(column, nameof(string.Contains), value),
            "startsWith" => InText(column, nameof(string.StartsWith), value),
            "endsWith" => InText(column, nameof(string.EndsWith), value),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such comparison."),
        };

    private static MethodCallExpression In<T>(RowColumn<T> column, object? values)
        where T : class
    {
        var list = column.ParameterList((IEnumerable<object?>)values!);
        return Expression.Call(list, nameof(List<>.Contains), null, column.Access);
    }

    private static Expression InText<T>(RowColumn<T> column, string method, object? value)
        where T : class
    {
        var known = typeof(string).GetMethod(method, BindingFlags.Public | BindingFlags.Instance, [typeof(string)])!;
        var found = Expression.Call(column.Access, known, column.Parameter(value));
        return column.IsNullable
            ? Expression.AndAlso(Expression.NotEqual(column.Access, Expression.Constant(null, typeof(string))), found)
            : found;
    }
}
