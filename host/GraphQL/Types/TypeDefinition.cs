using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// A named type of a schema (3.4). A definition belongs to one schema; building the schema completes it.
/// </summary>
public abstract class TypeDefinition(string name) : IType
{
    /// <summary>The type's name.</summary>
    public string Name { get; } = name;

    /// <summary>What the type means, in Markdown; null when nobody said.</summary>
    public string? Description { get; set; }

    /// <inheritdoc/>
    public abstract TypeKind Kind { get; }

    /// <inheritdoc/>
    public TypeDefinition NamedType => this;

    /// <summary>The CLR type behind it: picks the object type of a value where an abstract type is returned.</summary>
    public Type? RuntimeType { get; init; }

    /// <summary>Whether it is a scalar or an enum: a value without selections.</summary>
    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum;

    /// <summary>Whether it is an object, interface or union: a value with selections.</summary>
    public bool IsComposite => Kind is TypeKind.Object or TypeKind.Interface or TypeKind.Union;

    /// <summary>Whether it is an interface or union: a value of one of several object types.</summary>
    public bool IsAbstract => Kind is TypeKind.Interface or TypeKind.Union;

    /// <summary>Whether the specification defines it: five scalars and the introspection types.</summary>
    public bool IsBuiltIn { get; internal init; }

    /// <summary>What one value weighs in an answer; null for the default: 1 for an object, nothing for a
    /// leaf.</summary>
    public double? Cost { get; init; }

    /// <summary>What others attach to the definition.</summary>
    public Features Features { get; } = new();

    /// <summary>The texts it was read from, definition first; empty for a type made by a program.</summary>
    internal List<TypeDefinitionNode> Syntax { get; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
