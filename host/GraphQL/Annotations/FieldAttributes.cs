namespace K12Hub.GraphQL;

/// <summary>The parameter receives the object whose field is resolved.</summary>
/// <param name="requires">Members the resolver reads, so that they are loaded although nobody selected them.
/// Reading another member is a compile error (K12GQL005).</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute(params string[] requires) : Attribute
{
    /// <summary>Members the resolver reads.</summary>
    public IReadOnlyList<string> Requires { get; } = requires;
}

/// <summary>The resolver takes the place of a member of the row, which is then no field of its own.</summary>
/// <param name="member">The replaced member: <c>nameof(StudentRow.SchoolId)</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BindMemberAttribute(string member) : Attribute
{
    /// <summary>The replaced member.</summary>
    public string Member { get; } = member;
}

/// <summary>The method fetches the object by its raw id: the type becomes a <c>Node</c>, its <c>Id</c> a global id,
/// and <c>node</c> and <c>nodes</c> find it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;

/// <summary>An argument, input field or field is an <c>ID</c>: the raw value as it is, or the global id of the named
/// type. Lists become lists of ids.</summary>
/// <param name="typeName">The type in the schema whose global id it is; null for the raw value.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute(string? typeName = null) : Attribute
{
    /// <summary>The type in the schema whose global id it is; null for the raw value.</summary>
    public string? TypeName { get; } = typeName;
}

/// <summary>An argument, input field or field is the global id of a <typeparamref name="T"/>; an id of another type
/// is refused.</summary>
/// <typeparam name="T">The row of the type whose id it is.</typeparam>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute<T> : Attribute
    where T : class;

/// <summary>The name in the schema where it differs from the one the conventions give.</summary>
/// <param name="name">The GraphQL name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Enum | AttributeTargets.Field | AttributeTargets.Interface
    | AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The GraphQL name.</summary>
    public string Name { get; } = name;
}

/// <summary>A description for what has no XML documentation comment; the comment is preferred.</summary>
/// <param name="description">The description.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Enum | AttributeTargets.Field | AttributeTargets.Interface
    | AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    /// <summary>The description.</summary>
    public string Description { get; } = description;
}

/// <summary>The public member is not part of the schema.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>The field, argument or enum value is deprecated.</summary>
/// <param name="reason">What to use instead.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Parameter
    | AttributeTargets.Property)]
public sealed class GraphQLDeprecatedAttribute(string reason) : Attribute
{
    /// <summary>What to use instead.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The type in the schema where a C# type has more than one form: a <see cref="Guid"/> is <c>UUID</c>,
/// <c>ID</c> or <c>String</c>. Nullability stays that of C#.</summary>
/// <typeparam name="T">A type of the namespace <c>K12Hub.GraphQL.SchemaTypes</c>.</typeparam>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class GraphQLTypeAttribute<T> : Attribute
    where T : SchemaTypes.ISchemaType;
