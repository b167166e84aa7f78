namespace K12Hub.GraphQL.Conventions;

/// <summary>Reads the coerced fields of an input object as a resolver reads its arguments. Used by generated
/// code.</summary>
/// <param name="values">The fields that were given or have a default; null for none.</param>
public readonly struct InputValues(IReadOnlyDictionary<string, object?>? values)
{
    /// <summary>The value of a field; the default of the type when it was left out or null.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">The field.</param>
    /// <returns>The value.</returns>
    public T? Argument<T>(string name) =>
        values is not null && values.TryGetValue(name, out var value) && value is not null ? (T)value : default;

    /// <summary>The items of a list; null when it was left out or null.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="name">The field.</param>
    /// <returns>The items.</returns>
    public IReadOnlyList<T>? ArgumentList<T>(string name) => Argument<object>(name) is object?[] items
        ? Array.ConvertAll(items, item => (T)item!)
        : null;
}
