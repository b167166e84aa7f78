using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>The methods of a projection of many streams that are found by their name: which rows an event belongs to,
/// and what becomes of a row.</summary>
internal sealed class ConventionRows<TRow, TKey>
    where TRow : class
    where TKey : notnull
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<Type, Step<TRow?>> _create = [];
    private readonly Dictionary<Type, Step<TRow?>> _apply = [];
    private readonly Dictionary<Type, Step<bool>> _delete = [];
    private readonly object _projection;

    /// <param name="projection">Whose methods.</param>
    /// <param name="end">The class at which its own methods end.</param>
    public ConventionRows(object projection, Type end)
    {
        _projection = projection;
        for (var type = projection.GetType(); type is not null && type != end; type = type.BaseType)
        {
            foreach (var method in type.GetMethods(Any))
            {
                Add(method);
            }
        }
    }

    public delegate TResult Step<out TResult>(TRow? row, TKey key, RecordedEvent happened);

    /// <summary>The rows of an event, by its type.</summary>
    public Dictionary<Type, Func<RecordedEvent, IEnumerable<TKey>>> Keys { get; } = [];

    /// <summary>The events that change a row.</summary>
    public IEnumerable<Type> Changing => _create.Keys.Concat(_apply.Keys).Concat(_delete.Keys).Distinct();

    /// <summary>The row after an event.</summary>
    public TRow? After(TRow? row, TKey key, RecordedEvent happened)
    {
        var type = happened.Data.GetType();
        if (row is null)
        {
            return _create.TryGetValue(type, out var create) ? create(null, key, happened) : null;
        }

        return _delete.TryGetValue(type, out var isGone) && isGone(row, key, happened) ? null
            : _apply.TryGetValue(type, out var apply) ? apply(row, key, happened)
            : row;
    }

    private void Add(MethodInfo method)
    {
        switch (method.Name)
        {
            case "Identity":
                Once(Keys, method, EventOf(method, typeof(TKey), withRow: false), BindKey);
                break;
            case "Identities":
                Once(Keys, method, EventOf(method, typeof(IEnumerable<TKey>), withRow: false), BindKeys);
                break;
            case "Create":
                Once(_create, method, EventOf(method, typeof(TRow), withRow: false, withKey: true), Bind<TRow?>);
                break;
            case "Apply":
                Once(_apply, method, EventOf(method, typeof(TRow), withRow: true, withKey: true), Bind<TRow?>);
                break;
            case "ShouldDelete":
                Once(_delete, method, EventOf(method, typeof(bool), withRow: null, withKey: true), Bind<bool>);
                break;
            default:
                break;
        }
    }

    private void Once<TStep>(
        Dictionary<Type, TStep> steps, MethodInfo method, Type happened, Func<MethodInfo, Type, TStep> bind)
    {
        if (!steps.TryAdd(happened, bind(method, happened)))
        {
            throw new ArgumentException($"{_projection.GetType().Name} has {method.Name} for {happened.Name} twice.");
        }
    }

    /// <summary>The event a method takes. A method that has the name and not the shape is an error: it would be passed
    /// over in silence.</summary>
    /// <param name="method">The method.</param>
    /// <param name="result">What it must return.</param>
    /// <param name="withRow">Whether it takes the row; null when it may.</param>
    /// <param name="withKey">Whether it may take the key.</param>
    private static Type EventOf(MethodInfo method, Type result, bool? withRow, bool withKey = false)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).ToList();
        var takesRow = types.Remove(typeof(TRow));
        types.Remove(typeof(RecordedEvent));
        if (withKey)
        {
            types.Remove(typeof(TKey));
        }

        return method.IsPublic && method.ReturnType.IsAssignableTo(result) && (withRow ?? takesRow) == takesRow
            && types is [{ IsClass: true } only]
            ? only
            : throw new ArgumentException(
                $"{method.DeclaringType!.Name}.{method.Name} must be public, return {Name(result)} and take one event"
                + (withRow is true ? $", {typeof(TRow).Name}" : "") + " and, if it likes, "
                + (withRow is null ? $"{typeof(TRow).Name}, " : "")
                + (withKey ? $"{Name(typeof(TKey))} or " : "") + "RecordedEvent.");
    }

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name[..^2]}<{Name(type.GetGenericArguments()[0])}>" : type.Name;

    private Func<RecordedEvent, IEnumerable<TKey>> BindKey(MethodInfo method, Type happened)
    {
        var key = Bind<TKey>(method, happened);
        return e => [key(null, default!, e)];
    }

    private Func<RecordedEvent, IEnumerable<TKey>> BindKeys(MethodInfo method, Type happened)
    {
        var keys = Bind<IEnumerable<TKey>>(method, happened);
        return e => keys(null, default!, e);
    }

    private Step<TResult> Bind<TResult>(MethodInfo method, Type happened)
    {
        var row = Expression.Parameter(typeof(TRow));
        var key = Expression.Parameter(typeof(TKey));
        var envelope = Expression.Parameter(typeof(RecordedEvent));
        return ConventionCall.Compile<Step<TResult>>(
            method,
            Expression.Constant(_projection),
            parameter => parameter.ParameterType == happened
                ? Expression.Convert(Expression.Property(envelope, nameof(RecordedEvent.Data)), happened)
                : parameter.ParameterType == typeof(TRow) ? row
                : parameter.ParameterType == typeof(TKey) ? key : envelope,
            call => Expression.Convert(call, typeof(TResult)),
            row, key, envelope);
    }
}
