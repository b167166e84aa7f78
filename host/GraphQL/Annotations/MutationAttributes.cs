namespace K12Hub.GraphQL;

/// <summary>How a mutation becomes a field. Without the attribute its arguments are wrapped in one <c>input</c> and
/// its result in a payload with <c>errors</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UseMutationConventionAttribute : Attribute
{
    /// <summary>Whether arguments and result are shown as they are, without input object, payload and
    /// <c>errors</c>.</summary>
    public bool Disable { get; init; }

    /// <summary>The payload's field that holds the result; else the result's type in camelCase.</summary>
    public string? PayloadFieldName { get; init; }
}

/// <summary>An expected exception of a mutation: it is answered in the payload's <c>errors</c>, as a type of its own.
/// Refusals as values need no attribute, see <see cref="Conventions.MutationResult{T}"/>.</summary>
/// <typeparam name="T">An exception: <c>ClubFullException</c> becomes <c>ClubFullError</c>; or a record with static
/// <c>CreateErrorFrom</c> methods, each taking one exception.</typeparam>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorAttribute<T> : Attribute
    where T : class;

/// <summary>As <see cref="ErrorAttribute{T}"/>.</summary>
/// <param name="type">The exception, or the record made of it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorAttribute(Type type) : Attribute
{
    /// <summary>The exception, or the record made of it.</summary>
    public Type Type { get; } = type;
}
