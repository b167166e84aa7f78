using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <summary>An input value ("Input Values"), or a variable standing for one ("Variables").</summary>
public abstract class ValueNode(Location location) : SyntaxNode(location);

/// <summary>A variable, "$name" ("Variables").</summary>
public sealed class VariableNode(NameNode name, Location location = default) : ValueNode(location)
{
    /// <summary>The name without "$".</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Variable;
}

/// <summary>An integer as written ("Int Value").</summary>
public sealed class IntValueNode(string value, Location location = default) : ValueNode(location)
{
    /// <summary>The digits, with sign.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.IntValue;
}

/// <summary>A number with fraction or exponent as written ("Float Value").</summary>
public sealed class FloatValueNode(string value, Location location = default) : ValueNode(location)
{
    /// <summary>The number's text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FloatValue;
}

/// <summary>A string ("String Value").</summary>
public sealed class StringValueNode(string value, bool isBlock, Location location = default) : ValueNode(location)
{
    /// <summary>The meaning: escapes resolved, block indentation removed.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it was, and will be, written between triple quotes.</summary>
    public bool IsBlock { get; } = isBlock;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.StringValue;
}

/// <summary>"true" or "false" ("Boolean Value").</summary>
public sealed class BooleanValueNode(bool value, Location location = default) : ValueNode(location)
{
    /// <summary>The value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.BooleanValue;
}

/// <summary>"null" ("Null Value").</summary>
public sealed class NullValueNode(Location location = default) : ValueNode(location)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NullValue;
}

/// <summary>A name as value ("Enum Value").</summary>
public sealed class EnumValueNode(string value, Location location = default) : ValueNode(location)
{
    /// <summary>The name.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValue;
}

/// <summary>Values between brackets ("List Value").</summary>
public sealed class ListValueNode(ImmutableArray<ValueNode> values, Location location = default) : ValueNode(location)
{
    /// <summary>The items; may be none.</summary>
    public ImmutableArray<ValueNode> Values { get; } = values;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListValue;
}

/// <summary>Named values between braces ("Input Object Values").</summary>
public sealed class ObjectValueNode(
    ImmutableArray<ObjectFieldNode> fields,
    Location location = default) : ValueNode(location)
{
    /// <summary>The fields; may be none.</summary>
    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectValue;
}

/// <summary>One named value of an input object.</summary>
public sealed class ObjectFieldNode(
    NameNode name,
    ValueNode value,
    Location location = default) : SyntaxNode(location)
{
    /// <summary>The input field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The value given.</summary>
    public ValueNode Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectField;
}

/// <summary>A reference to a type ("Type References").</summary>
public abstract class TypeNode(Location location) : SyntaxNode(location);

/// <summary>A type by its name.</summary>
public sealed class NamedTypeNode(NameNode name, Location location = default) : TypeNode(location)
{
    /// <summary>The type's name.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NamedType;
}

/// <summary>A list of another type.</summary>
public sealed class ListTypeNode(TypeNode type, Location location = default) : TypeNode(location)
{
    /// <summary>The item type.</summary>
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListType;
}

/// <summary>A type that has no null.</summary>
public sealed class NonNullTypeNode(TypeNode type, Location location = default) : TypeNode(location)
{
    /// <summary>A named or list type, never another non-null.</summary>
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NonNullType;
}
