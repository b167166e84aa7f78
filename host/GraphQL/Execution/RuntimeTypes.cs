using System.Collections.Concurrent;
using System.Text.Json;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <summary>Finds the object type of a value where the schema says interface or union (ResolveAbstractType in "Value
/// Completion").</summary>
internal sealed class RuntimeTypes
{
    private readonly Schema schema;
    private readonly ConcurrentDictionary<Type, ObjectType?> known = new();

    public RuntimeTypes(Schema schema)
    {
        this.schema = schema;
        foreach (var type in schema.Types.OfType<ObjectType>())
        {
            if (type.RuntimeType is not null) known.TryAdd(type.RuntimeType, type);
        }
    }

    /// <summary>The object type, or null with the reason.</summary>
    public ObjectType? Resolve(TypeDefinition abstractType, object value, out string? error)
    {
        var found = known.GetOrAdd(value.GetType(), static (type, known) => FromBase(type, known), known)
            ?? FromName(value);
        error = found is null
            ? $"No object type of the schema stands for what was returned for abstract type \"{abstractType}\"."
            : !Schema.IsSubtype(abstractType, found)
                ? $"Type \"{found}\" is not a possible type for \"{abstractType}\"."
                : null;
        return error is null ? found : null;
    }

    // A subclass stands for the type of its base.
    private static ObjectType? FromBase(Type type, ConcurrentDictionary<Type, ObjectType?> known)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (known.TryGetValue(parent, out var found) && found is not null) return found;
        }

        return null;
    }

    private ObjectType? FromName(object value)
    {
        var name = value switch
        {
            IReadOnlyDictionary<string, object?> properties => properties.GetValueOrDefault("__typename") as string,
            JsonElement { ValueKind: JsonValueKind.Object } json
                when json.TryGetProperty("__typename", out var property)
                && property.ValueKind is JsonValueKind.String => property.GetString(),
            _ => null,
        };
        return name is null ? null : schema.FindType(name) as ObjectType;
    }
}
