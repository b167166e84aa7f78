using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.GraphQL.Data;

/// <summary>Greater and less for types for which C# has no operators, in the form LINQ providers translate.</summary>
internal static class Comparison
{
    private static readonly MethodInfo CompareStrings =
        typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    public static Expression Of(ExpressionType comparison, Expression left, Expression right)
    {
        var type = Nullable.GetUnderlyingType(left.Type) ?? left.Type;
        if (type == typeof(string))
        {
            var order = Expression.Call(CompareStrings, left, right);
            return Expression.MakeBinary(comparison, order, Expression.Constant(0));
        }

        if (type == typeof(bool))
        {
            return comparison is ExpressionType.GreaterThan
                ? Expression.AndAlso(IsTrue(left), Expression.Not(IsTrue(right)))
                : Expression.AndAlso(Expression.Not(IsTrue(left)), IsTrue(right));
        }

        return Expression.MakeBinary(comparison, left, right);
    }

    private static Expression IsTrue(Expression value) =>
        value.Type == typeof(bool) ? value : Expression.Equal(value, Expression.Constant(true, typeof(bool?)));
}
