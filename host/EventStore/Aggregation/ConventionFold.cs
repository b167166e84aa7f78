using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>Binds <c>Create</c> and <c>Apply</c> methods once; a fold is then a look-up and a call.</summary>
internal static class ConventionFold
{
    public static Evolve Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type aggregate)
    {
        var steps = new Dictionary<Type, Evolve>();
        foreach (var method in aggregate.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
        {
            if (EventOf(method, aggregate) is { } happened && !steps.TryAdd(happened, Bind(method, happened)))
            {
                throw new ArgumentException($"{aggregate.Name} handles {happened.Name} twice.");
            }
        }

        return steps.Count > 0
            ? (id, state, happened) =>
                steps.TryGetValue(happened.GetType(), out var step) ? step(id, state, happened) : state
            : throw new ArgumentException($"{aggregate.Name} has no public static Create(event) and no Apply(event).");
    }

    /// <summary>The event a method handles; null when it is no step of the fold.</summary>
    private static Type? EventOf(MethodInfo method, Type aggregate) =>
        (method.Name, method.IsStatic, method.GetParameters()) switch
        {
            ("Create", true, [var only]) when method.ReturnType == aggregate => only.ParameterType,
            ("Create", true, [var id, var second])
                when method.ReturnType == aggregate && id.ParameterType == typeof(Guid) => second.ParameterType,
            ("Apply", false, [var only])
                when method.ReturnType == aggregate || method.ReturnType == typeof(void) => only.ParameterType,
            _ => null,
        };

    private static Evolve Bind(MethodInfo method, Type happenedType)
    {
        var id = Expression.Parameter(typeof(Guid));
        var state = Expression.Parameter(typeof(object));
        var happened = Expression.Parameter(typeof(object));
        var isFirst = method.GetParameters().Length == 2; // Create(id, event).
        return ConventionCall.Compile<Evolve>(
            method,
            method.IsStatic ? null : Expression.Convert(Started(state, method, happenedType), method.DeclaringType!),
            parameter => isFirst && parameter.Position == 0 ? id : Expression.Convert(happened, happenedType),
            call => method.ReturnType == typeof(void)
                ? Expression.Block(call, state)
                : Expression.Convert(call, typeof(object)),
            id, state, happened);
    }

    /// <summary>The state, or an error that names the event when there is none yet.</summary>
    private static BinaryExpression Started(Expression state, MethodInfo method, Type happened)
    {
        var message = $"{happened.Name} cannot be the first event of a stream of {method.DeclaringType!.Name}.";
        var error = Expression.New(
            typeof(InvalidOperationException).GetConstructor([typeof(string)])!, Expression.Constant(message));
        return Expression.Coalesce(state, Expression.Throw(error, typeof(object)));
    }
}
