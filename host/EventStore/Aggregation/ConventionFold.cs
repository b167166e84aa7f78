using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>Binds <c>Create</c> and <c>Apply</c> methods once; a fold is then a look-up and a call.</summary>
internal static class ConventionFold
{
    public static Func<object?, object, object?> Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type aggregate)
    {
        var steps = new Dictionary<Type, Func<object?, object, object?>>();
        foreach (var method in aggregate.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
        {
            if (method.GetParameters() is [var only] && IsStep(method, aggregate)
                && !steps.TryAdd(only.ParameterType, Bind(method, only.ParameterType)))
            {
                throw new ArgumentException($"{aggregate.Name} handles {only.ParameterType.Name} twice.");
            }
        }

        return steps.Count > 0
            ? (state, happened) => steps.TryGetValue(happened.GetType(), out var step) ? step(state, happened) : state
            : throw new ArgumentException($"{aggregate.Name} has no public static Create(event) and no Apply(event).");
    }

    private static bool IsStep(MethodInfo method, Type aggregate) => method.IsStatic
        ? method.Name == "Create" && method.ReturnType == aggregate
        : method.Name == "Apply" && (method.ReturnType == aggregate || method.ReturnType == typeof(void));

    private static Func<object?, object, object?> Bind(MethodInfo method, Type happenedType)
    {
        var state = Expression.Parameter(typeof(object));
        var happened = Expression.Parameter(typeof(object));
        var argument = Expression.Convert(happened, happenedType);
        Expression body = method.IsStatic
            ? Expression.Call(method, argument)
            : Expression.Call(Expression.Convert(state, method.DeclaringType!), method, argument);
        body = method.ReturnType == typeof(void) ? Expression.Block(body, state) : Expression.Convert(body, typeof(object));
        return Expression.Lambda<Func<object?, object, object?>>(body, state, happened).Compile();
    }
}
