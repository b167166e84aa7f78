using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>The types a schema describes itself with (4.2), resolvers included.</summary>
internal static class IntrospectionTypes
{
    private static readonly string[] Names =
    [
        "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue", "__EnumValue", "__Directive",
        "__DirectiveLocation",
    ];

    public static bool IsReserved(string name) => Names.Contains(name);

    /// <summary>Fresh definitions, not yet resolved.</summary>
    public static IReadOnlyList<TypeDefinition> Create() =>
        [Schema(), Type(), TypeKinds(), Field(), InputValue(), EnumValue(), Directive(), Locations()];

    private static ObjectType Schema() => Define(
        "__Schema",
        "What a server offers: all types and directives, and the roots of the operations.",
        Read<Schema>("description", "String", schema => schema.Description),
        Read<Schema>("types", "[__Type!]!", schema => schema.Types, "All types."),
        Read<Schema>("queryType", "__Type!", schema => schema.QueryType, "The root of queries."),
        Read<Schema>("mutationType", "__Type", schema => schema.MutationType, "The root of mutations, if any."),
        Read<Schema>("subscriptionType", "__Type", schema => schema.SubscriptionType, "The root of subscriptions."),
        Read<Schema>("directives", "[__Directive!]!", schema => schema.Directives, "All directives."));

    private static ObjectType Type() => Define(
        "__Type",
        "A type. Which fields have a value depends on the kind.",
        Read<IType>("kind", "__TypeKind!", type => type.Kind),
        Read<IType>("name", "String", type => (type as TypeDefinition)?.Name),
        Read<IType>("description", "String", type => (type as TypeDefinition)?.Description),
        Read<IType>("specifiedByURL", "String", type => (type as ScalarType)?.SpecifiedBy),
        Current<IType, FieldDefinition>("fields",
            "[__Field!]",
            type => (type as TypeWithFields)?.Fields,
            field => field.DeprecationReason),
        Read<IType>("interfaces", "[__Type!]", type => (type as TypeWithFields)?.Interfaces),
        Read<IType>("possibleTypes", "[__Type!]", PossibleTypes),
        Current<IType, EnumValueDefinition>("enumValues",
            "[__EnumValue!]",
            type => (type as EnumType)?.Values,
            value => value.DeprecationReason),
        Current<IType, InputValueDefinition>("inputFields",
            "[__InputValue!]",
            type => (type as InputObjectType)?.Fields,
            field => field.DeprecationReason),
        Read<IType>("ofType", "__Type", OfType),
        Read<IType>("isOneOf", "Boolean", type => (type as InputObjectType)?.IsOneOf));

    private static ObjectType Field() => Define(
        "__Field",
        "A field of an object type or interface.",
        Read<FieldDefinition>("name", "String!", field => field.Name),
        Read<FieldDefinition>("description", "String", field => field.Description),
        Current<FieldDefinition, InputValueDefinition>("args",
            "[__InputValue!]!",
            field => field.Arguments,
            argument => argument.DeprecationReason),
        Read<FieldDefinition>("type", "__Type!", field => field.Type),
        Read<FieldDefinition>("isDeprecated", "Boolean!", field => field.DeprecationReason is not null),
        Read<FieldDefinition>("deprecationReason", "String", field => field.DeprecationReason));

    private static ObjectType InputValue() => Define(
        "__InputValue",
        "An argument, or a field of an input object.",
        Read<InputValueDefinition>("name", "String!", input => input.Name),
        Read<InputValueDefinition>("description", "String", input => input.Description),
        Read<InputValueDefinition>("type", "__Type!", input => input.Type),
        Read<InputValueDefinition>(
            "defaultValue",
            "String",
            input => input.DefaultValue is { } value ? Printer.Print(value) : null,
            "The default as a GraphQL literal."),
        Read<InputValueDefinition>("isDeprecated", "Boolean!", input => input.DeprecationReason is not null),
        Read<InputValueDefinition>("deprecationReason", "String", input => input.DeprecationReason));

    private static ObjectType EnumValue() => Define(
        "__EnumValue",
        "A value of an enum.",
        Read<EnumValueDefinition>("name", "String!", value => value.Name),
        Read<EnumValueDefinition>("description", "String", value => value.Description),
        Read<EnumValueDefinition>("isDeprecated", "Boolean!", value => value.DeprecationReason is not null),
        Read<EnumValueDefinition>("deprecationReason", "String", value => value.DeprecationReason));

    private static ObjectType Directive() => Define(
        "__Directive",
        "A directive, and where it may be applied.",
        Read<DirectiveDefinition>("name", "String!", directive => directive.Name),
        Read<DirectiveDefinition>("description", "String", directive => directive.Description),
        Read<DirectiveDefinition>("isRepeatable", "Boolean!", directive => directive.IsRepeatable),
        Read<DirectiveDefinition>("locations", "[__DirectiveLocation!]!", directive => directive.Locations),
        Current<DirectiveDefinition, InputValueDefinition>("args",
            "[__InputValue!]!",
            directive => directive.Arguments,
            argument => argument.DeprecationReason));

    private static EnumType TypeKinds() => new("__TypeKind")
    {
        IsBuiltIn = true,
        Description = "The kinds of types.",
        Values =
        [
            .. Enum.GetValues<TypeKind>().Select(kind => new EnumValueDefinition(NameOf(kind)) { Value = kind }),
        ],
    };

    private static EnumType Locations() => new("__DirectiveLocation")
    {
        IsBuiltIn = true,
        Description = "The places a directive can be applied at.",
        Values =
        [
            .. Enum.GetValues<DirectiveLocation>()
                .Select(place => new EnumValueDefinition(DirectiveDefinition.NameOf(place)) { Value = place }),
        ],
    };

    private static string NameOf(TypeKind kind) => kind switch
    {
        TypeKind.InputObject => "INPUT_OBJECT",
        TypeKind.NonNull => "NON_NULL",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static IReadOnlyList<ObjectType>? PossibleTypes(IType type) => type switch
    {
        InterfaceType @interface => @interface.Implementations,
        UnionType union => union.Members,
        _ => null,
    };

    private static IType? OfType(IType type) => type switch
    {
        ListType list => list.OfType,
        NonNullType nonNull => nonNull.OfType,
        _ => null,
    };

    private static ObjectType Define(string name, string description, params IEnumerable<FieldDefinition> fields) =>
        new(name)
    {
        IsBuiltIn = true,
        Description = description,
        Fields = [.. fields],
    };

    private static FieldDefinition Read<T>(
        string name, string type, Func<T, object?> get, string? description = null) => new(name, type)
        {
            Description = description,
            AllowAnonymous = true,
            Resolver = new PureResolver(parent => get((T)parent)),
        };

    /// <summary>A list that leaves out what is deprecated, unless it is asked for.</summary>
    private static FieldDefinition Current<T, TItem>(
        string name,
        string type,
        Func<T, IReadOnlyList<TItem>?> get,
        Func<TItem, string?> deprecation) => new(name, type)
        {
            AllowAnonymous = true,
            Arguments = [new("includeDeprecated", "Boolean!") { DefaultLiteral = "false" }],
            Resolver = new SyncResolver(context =>
            {
                var all = get(context.Parent<T>());
                return all is null || context.Argument<bool>("includeDeprecated")
                    ? all
                    : all.Where(item => deprecation(item) is null).ToArray();
            }),
        };
}
