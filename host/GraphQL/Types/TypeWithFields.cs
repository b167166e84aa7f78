namespace K12Hub.GraphQL.Types;

/// <summary>What object types and interfaces have in common: fields, and interfaces they implement.</summary>
public abstract class TypeWithFields(string name) : TypeDefinition(name)
{
    private readonly List<FieldDefinition> fields = [];
    private Dictionary<string, FieldDefinition>? fieldsByName;

    /// <summary>The fields in the order they are shown.</summary>
    public IReadOnlyList<FieldDefinition> Fields
    {
        get => fields;
        init => fields = [.. value];
    }

    /// <summary>The names of the interfaces it declares.</summary>
    public IReadOnlyList<string> InterfaceReferences { get; init; } = [];

    /// <summary>The interfaces it declares; known once the schema is built.</summary>
    public IReadOnlyList<InterfaceType> Interfaces { get; internal set; } = [];

    /// <summary>
    /// The field of that name; null when there is none. Introspection fields: <see cref="Schema.FindField"/>.
    /// </summary>
    public FieldDefinition? FindField(string field) => (fieldsByName ??= Index()).GetValueOrDefault(field);

    /// <summary>Whether it declares the interface.</summary>
    public bool Implements(TypeDefinition type)
    {
        foreach (var candidate in Interfaces)
        {
            if (ReferenceEquals(candidate, type)) return true;
        }

        return false;
    }

    internal void Extend(IEnumerable<FieldDefinition> more)
    {
        fields.AddRange(more);
        fieldsByName = null;
    }

    private Dictionary<string, FieldDefinition> Index()
    {
        var index = new Dictionary<string, FieldDefinition>(fields.Count, StringComparer.Ordinal);
        foreach (var field in fields) index.TryAdd(field.Name, field);
        return index;
    }
}

/// <summary>An object type (3.6).</summary>
public sealed class ObjectType(string name) : TypeWithFields(name)
{
    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Object;

    /// <summary>
    /// Dense number of the object type within its schema, from 0: plans keep one selection set per index.
    /// </summary>
    public int Index { get; internal set; } = -1;
}

/// <summary>An interface (3.7).</summary>
public sealed class InterfaceType(string name) : TypeWithFields(name)
{
    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Interface;

    /// <summary>The object types that implement it; known once the schema is built.</summary>
    public IReadOnlyList<ObjectType> Implementations { get; internal set; } = [];
}
