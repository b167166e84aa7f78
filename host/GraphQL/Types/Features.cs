namespace K12Hub.GraphQL.Types;

/// <summary>
/// What other parts of the library, or generated code, attach to a definition: at most one value per CLR type.
/// </summary>
public sealed class Features
{
    private Dictionary<Type, object>? features;

    /// <summary>The feature of that type; null when nobody attached one.</summary>
    public T? Get<T>() where T : class => features?.GetValueOrDefault(typeof(T)) as T;

    /// <summary>Attaches a feature; replaces the one of the same type.</summary>
    public void Set<T>(T feature) where T : class => (features ??= [])[typeof(T)] = feature;
}
