namespace K12Hub.GraphQL.Types;

/// <summary>An input object (3.10).</summary>
public sealed class InputObjectType(string name) : TypeDefinition(name)
{
    private Dictionary<string, InputValueDefinition>? byName;

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.InputObject;

    /// <summary>The input fields in the order they are shown.</summary>
    public IReadOnlyList<InputValueDefinition> Fields { get; init; } = [];

    /// <summary>Whether exactly one field must be given, and not null (3.10.1).</summary>
    public bool IsOneOf { get; init; }

    /// <summary>
    /// Makes the CLR object resolvers get from the coerced fields; null hands them the fields themselves.
    /// </summary>
    public Func<IReadOnlyDictionary<string, object?>, object>? Construct { get; init; }

    /// <summary>The input field of that name; null when there is none.</summary>
    public InputValueDefinition? FindField(string field) => (byName ??= Index()).GetValueOrDefault(field);

    private Dictionary<string, InputValueDefinition> Index()
    {
        var index = new Dictionary<string, InputValueDefinition>(Fields.Count, StringComparer.Ordinal);
        foreach (var field in Fields) index.TryAdd(field.Name, field);
        return index;
    }
}
