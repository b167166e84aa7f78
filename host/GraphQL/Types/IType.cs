namespace K12Hub.GraphQL.Types;

/// <summary>The kinds of types, in the words of introspection (4.2.2).</summary>
public enum TypeKind
{
    /// <summary>A leaf without further structure.</summary>
    Scalar,

    /// <summary>Named fields.</summary>
#pragma warning disable CA1720 // "Object" is the specification's word.
    Object,
#pragma warning restore CA1720

    /// <summary>Fields that several object types share.</summary>
    Interface,

    /// <summary>One of several object types.</summary>
    Union,

    /// <summary>One of several names.</summary>
    Enum,

    /// <summary>Named input fields.</summary>
    InputObject,

    /// <summary>Many of another type.</summary>
    List,

    /// <summary>Another type without null.</summary>
    NonNull,
}

/// <summary>
/// A type as fields and arguments have it: a definition, or a list or non-null of another type (3.4.1).
/// </summary>
public interface IType
{
    /// <summary>What kind of type this is.</summary>
    TypeKind Kind { get; }

    /// <summary>The definition inside all lists and non-nulls.</summary>
    TypeDefinition NamedType { get; }

    /// <summary>Whether arguments, input fields and variables may have this type (3.4.2).</summary>
    bool IsInputType => NamedType.Kind is TypeKind.Scalar or TypeKind.Enum or TypeKind.InputObject;

    /// <summary>Whether fields may have this type (3.4.2).</summary>
    bool IsOutputType => NamedType.Kind is not TypeKind.InputObject;

    /// <summary>This type with null: what a non-null wraps, else itself.</summary>
    IType Nullable => this is NonNullType nonNull ? nonNull.OfType : this;
}

/// <summary>A list (3.11).</summary>
public sealed class ListType(IType ofType) : IType
{
    /// <summary>The type of the items.</summary>
    public IType OfType { get; } = ofType;

    /// <inheritdoc/>
    public TypeKind Kind => TypeKind.List;

    /// <inheritdoc/>
    public TypeDefinition NamedType => OfType.NamedType;

    /// <summary>The type in SDL.</summary>
    public override string ToString() => $"[{OfType}]";
}

/// <summary>A type without null (3.12).</summary>
public sealed class NonNullType(IType ofType) : IType
{
    /// <summary>The nullable type; never another non-null.</summary>
    public IType OfType { get; } = ofType;

    /// <inheritdoc/>
    public TypeKind Kind => TypeKind.NonNull;

    /// <inheritdoc/>
    public TypeDefinition NamedType => OfType.NamedType;

    /// <summary>The type in SDL.</summary>
    public override string ToString() => $"{OfType}!";
}
