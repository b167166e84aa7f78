using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>A value of an enum (3.9).</summary>
public sealed class EnumValueDefinition(string name)
{
    /// <summary>The value's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// What resolvers get and return for it, a CLR enum value for instance; the name when nobody said.
    /// </summary>
    public object Value { get; init; } = name;

    /// <summary>What the value means, in Markdown; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>Why not to use the value any more; null while it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The text it was read from.</summary>
    internal EnumValueDefinitionNode? Syntax { get; init; }
}

/// <summary>An enum (3.9).</summary>
public sealed class EnumType(string name) : TypeDefinition(name)
{
    private Dictionary<string, EnumValueDefinition>? byName;
    private Dictionary<object, string>? byValue;

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Enum;

    /// <summary>The values in the order they are shown.</summary>
    public IReadOnlyList<EnumValueDefinition> Values { get; init; } = [];

    /// <summary>The value of that name; null when there is none.</summary>
    public EnumValueDefinition? FindValue(string value) => (byName ??= IndexNames()).GetValueOrDefault(value);

    /// <summary>Input coercion of a literal: the name without quotes.</summary>
    public CoercionResult CoerceLiteral(ValueNode literal) => literal is EnumValueNode { Value: var value }
        ? Coerce(value)
        : CoercionResult.Fail($"Enum \"{Name}\" cannot represent non-enum value: {Printer.Print(literal)}.");

    /// <summary>Input coercion of a variable's value: a JSON string.</summary>
    public CoercionResult CoerceInput(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Coerce(value.GetString()!)
        : CoercionResult.Fail($"Enum \"{Name}\" cannot represent non-string value: {value.GetRawText()}.");

    /// <summary>The name to answer for a value a resolver returned; null when the enum has no such value.</summary>
    public string? NameOf(object value)
    {
        if ((byValue ??= IndexValues()).TryGetValue(value, out var found)) return found;

        return value is string text && FindValue(text) is { } named ? named.Name : null;
    }

    private CoercionResult Coerce(string value) => FindValue(value) is { } found
        ? CoercionResult.Ok(found.Value)
        : CoercionResult.Fail($"Value \"{value}\" does not exist in \"{Name}\" enum.");

    private Dictionary<string, EnumValueDefinition> IndexNames()
    {
        var index = new Dictionary<string, EnumValueDefinition>(StringComparer.Ordinal);
        foreach (var value in Values) index.TryAdd(value.Name, value);
        return index;
    }

    private Dictionary<object, string> IndexValues()
    {
        var index = new Dictionary<object, string>();
        foreach (var value in Values) index.TryAdd(value.Value, value.Name);
        return index;
    }
}
