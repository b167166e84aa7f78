using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>Makes a delegate of a method that was found by its name: compiled once, then a look-up and a
/// call.</summary>
internal static class ConventionCall
{
    /// <param name="method">The method; static ones are called without instance.</param>
    /// <param name="instance">On what an instance method is called.</param>
    /// <param name="argument">What each parameter is given.</param>
    /// <param name="result">Makes the delegate's result of the call's.</param>
    /// <param name="given">The delegate's parameters.</param>
    public static TDelegate Compile<TDelegate>(
        MethodInfo method,
        Expression? instance,
        Func<ParameterInfo, Expression> argument,
        Func<Expression, Expression> result,
        params ParameterExpression[] given)
        where TDelegate : Delegate
    {
        var call = Expression.Call(
            method.IsStatic ? null : instance, method, method.GetParameters().Select(argument));
        return Expression.Lambda<TDelegate>(result(call), given).Compile();
    }
}
