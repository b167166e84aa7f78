using System.Collections.Frozen;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>A complete, valid schema (3.3). Made by <see cref="SchemaBuilder"/>; never changes.</summary>
public sealed class Schema
{
    private readonly FrozenDictionary<string, TypeDefinition> typesByName;
    private readonly FrozenDictionary<string, DirectiveDefinition> directivesByName;
    private readonly IntrospectionFields introspection;

    internal Schema(SchemaParts parts)
    {
        Description = parts.Description;
        QueryType = parts.QueryType;
        MutationType = parts.MutationType;
        SubscriptionType = parts.SubscriptionType;
        Types = parts.Types;
        Directives = parts.Directives;
        typesByName = parts.Types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        directivesByName = parts.Directives.ToFrozenDictionary(directive => directive.Name, StringComparer.Ordinal);
        introspection = new IntrospectionFields(this);
    }

    /// <summary>What the schema is about, in Markdown; null when nobody said.</summary>
    public string? Description { get; }

    /// <summary>Root of queries.</summary>
    public ObjectType QueryType { get; }

    /// <summary>Root of mutations; null when there are none.</summary>
    public ObjectType? MutationType { get; }

    /// <summary>Root of subscriptions; null when there are none.</summary>
    public ObjectType? SubscriptionType { get; }

    /// <summary>All types: the schema's own in their order, then the built-in ones.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    /// <summary>All directives: the schema's own in their order, then the built-in ones.</summary>
    public IReadOnlyList<DirectiveDefinition> Directives { get; }

    /// <summary>What others attach to the schema.</summary>
    public Features Features { get; } = new();

    /// <summary>The type of that name; null when there is none.</summary>
    public TypeDefinition? FindType(string name) => typesByName.GetValueOrDefault(name);

    /// <summary>The directive of that name; null when there is none.</summary>
    public DirectiveDefinition? FindDirective(string name) => directivesByName.GetValueOrDefault(name);

    /// <summary>The root type of an operation type; null when the schema has none.</summary>
    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>The field of a composite type, introspection fields (4.1) included; null when there is none.</summary>
    public FieldDefinition? FindField(TypeDefinition parent, string name) =>
        name.StartsWith("__", StringComparison.Ordinal)
        ? introspection.Find(this, parent, name)
        : (parent as TypeWithFields)?.FindField(name);

    /// <summary>A type reference as a type; null when it names an unknown type.</summary>
    public IType? ResolveType(TypeNode type) => type switch
    {
        ListTypeNode list => ResolveType(list.Type) is { } item ? new ListType(item) : null,
        NonNullTypeNode nonNull => ResolveType(nonNull.Type) is { } inner ? new NonNullType(inner) : null,
        _ => FindType(((NamedTypeNode)type).Name.Value),
    };

    /// <summary>
    /// The element a coordinate names ("Schema Coordinates"): a type, field, input field, enum value, argument or
    /// directive; null when there is none.
    /// </summary>
    public object? Find(SchemaCoordinate coordinate)
    {
        if (coordinate.IsDirective)
        {
            var directive = FindDirective(coordinate.Name);
            return coordinate.Argument is { } name ? directive?.FindArgument(name) : directive;
        }

        var type = FindType(coordinate.Name);
        if (coordinate.Member is not { } member) return type;

        return type switch
        {
            TypeWithFields fields when coordinate.Argument is { } name => fields.FindField(member)?.FindArgument(name),
            TypeWithFields fields => fields.FindField(member),
            InputObjectType input when coordinate.Argument is null => input.FindField(member),
            EnumType enumType when coordinate.Argument is null => enumType.FindValue(member),
            _ => null,
        };
    }

    /// <summary>The object types a value of this type can have: itself, or the implementations or members.</summary>
    public static IReadOnlyList<ObjectType> PossibleTypes(TypeDefinition type) => type switch
    {
        ObjectType self => [self],
        InterfaceType @interface => @interface.Implementations,
        UnionType union => union.Members,
        _ => [],
    };

    /// <summary>Whether the object or interface is a member or an implementation of the abstract type.</summary>
    public static bool IsSubtype(TypeDefinition abstractType, TypeDefinition type) => abstractType switch
    {
        UnionType union => type is ObjectType member && union.Members.Contains(member),
        InterfaceType => type is TypeWithFields implementation && implementation.Implements(abstractType),
        _ => false,
    };
}
