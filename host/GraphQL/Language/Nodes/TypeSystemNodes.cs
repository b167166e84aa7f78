using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <summary>Part of a schema's text (3): a definition, or the extension of one.</summary>
public abstract class TypeSystemDefinitionNode(Location location) : DefinitionNode(location)
{
    /// <summary>The description before the definition; null without one, and always for extensions.</summary>
    public abstract StringValueNode? Description { get; }

    /// <summary>Whether this is an "extend …" of something defined elsewhere.</summary>
    public virtual bool IsExtension => false;
}

/// <summary>Names the root operation types (3.3), or extends that.</summary>
public sealed class SchemaDefinitionNode(
    StringValueNode? description,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<RootOperationTypeDefinitionNode> operationTypes,
    bool isExtension,
    Location location = default) : TypeSystemDefinitionNode(location), IHasDirectives
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>The root types.</summary>
    public ImmutableArray<RootOperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.SchemaExtension : SyntaxKind.SchemaDefinition;
}

/// <summary>Says which type is the root of an operation type.</summary>
public sealed class RootOperationTypeDefinitionNode(
    OperationType operation,
    NamedTypeNode type,
    Location location = default) : SyntaxNode(location)
{
    /// <summary>Query, mutation or subscription.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>The object type.</summary>
    public NamedTypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.RootOperationTypeDefinition;
}

/// <summary>Defines a named type (3.4), or extends it.</summary>
public abstract class TypeDefinitionNode(Location location) : TypeSystemDefinitionNode(location), IHasDirectives
{
    /// <summary>The type's name.</summary>
    public abstract NameNode Name { get; }

    /// <inheritdoc/>
    public abstract ImmutableArray<DirectiveNode> Directives { get; }
}

/// <summary>A scalar (3.5).</summary>
public sealed class ScalarTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.ScalarTypeExtension : SyntaxKind.ScalarTypeDefinition;
}

/// <summary>An object type (3.6).</summary>
public sealed class ObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <summary>The interfaces it declares.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>Its fields.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.ObjectTypeExtension : SyntaxKind.ObjectTypeDefinition;
}

/// <summary>A field of an object or interface (3.6).</summary>
public sealed class FieldDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    TypeNode type,
    ImmutableArray<DirectiveNode> directives,
    Location location = default) : SyntaxNode(location), IHasDirectives
{
    /// <summary>The description before the field; null without one.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>The type of its value.</summary>
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FieldDefinition;
}

/// <summary>An argument (3.6.1) or a field of an input object (3.10).</summary>
public sealed class InputValueDefinitionNode(
    StringValueNode? description,
    NameNode name,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives,
    Location location = default) : SyntaxNode(location), IHasDirectives
{
    /// <summary>The description before it; null without one.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>A constant; null when there is no default.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <inheritdoc/>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InputValueDefinition;
}

/// <summary>An interface (3.7).</summary>
public sealed class InterfaceTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <summary>The interfaces it declares.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>Its fields.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind =>
        IsExtension ? SyntaxKind.InterfaceTypeExtension : SyntaxKind.InterfaceTypeDefinition;
}

/// <summary>A union (3.8).</summary>
public sealed class UnionTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<NamedTypeNode> types,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>Its member types.</summary>
    public ImmutableArray<NamedTypeNode> Types { get; } = types;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.UnionTypeExtension : SyntaxKind.UnionTypeDefinition;
}

/// <summary>An enum (3.9).</summary>
public sealed class EnumTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<EnumValueDefinitionNode> values,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>Its values.</summary>
    public ImmutableArray<EnumValueDefinitionNode> Values { get; } = values;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.EnumTypeExtension : SyntaxKind.EnumTypeDefinition;
}

/// <summary>A value of an enum (3.9).</summary>
public sealed class EnumValueDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    Location location = default) : SyntaxNode(location), IHasDirectives
{
    /// <summary>The description before it; null without one.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The value's name.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValueDefinition;
}

/// <summary>An input object (3.10).</summary>
public sealed class InputObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<InputValueDefinitionNode> fields,
    bool isExtension,
    Location location = default) : TypeDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <inheritdoc/>
    public override NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>Its input fields.</summary>
    public ImmutableArray<InputValueDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override bool IsExtension { get; } = isExtension;

    /// <inheritdoc/>
    public override SyntaxKind Kind =>
        IsExtension ? SyntaxKind.InputObjectTypeExtension : SyntaxKind.InputObjectTypeDefinition;
}

/// <summary>Defines a directive (3.13).</summary>
public sealed class DirectiveDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    bool isRepeatable,
    ImmutableArray<NameNode> locations,
    Location location = default) : TypeSystemDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <summary>The name without "@".</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>Whether it may be applied twice at one place.</summary>
    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>Where it may be applied.</summary>
    public ImmutableArray<NameNode> Locations { get; } = locations;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.DirectiveDefinition;
}
