using System.Collections.Immutable;
using System.Globalization;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Types;

/// <summary>Makes definitions of a schema text (3): what a type's extensions add is merged into the type.</summary>
internal sealed class SdlReader(
    IReadOnlyDictionary<string, FieldResolver>? resolvers, Func<ResolverContext, ValueTask<ISourceStream>>? source)
{
    private readonly List<SchemaError> faults = [];
    private ILookup<string, TypeDefinitionNode> extensions = null!;

    public SchemaResult Read(DocumentNode document)
    {
        faults.AddRange(SdlValidator.Validate(document));
        if (faults.Count > 0) return new SchemaResult(null, faults);

        var builder = new SchemaBuilder();
        var types = document.Definitions.OfType<TypeDefinitionNode>().ToList();
        extensions = types.Where(type => type.IsExtension).ToLookup(type => type.Name.Value, StringComparer.Ordinal);
        ReadSchema(document, builder);
        foreach (var type in types.Where(type => !type.IsExtension && !IsSpecified(type)))
        {
            builder.AddType(Read(type, [type, .. extensions[type.Name.Value]]));
        }

        foreach (var directive in document.Definitions.OfType<DirectiveDefinitionNode>())
        {
            builder.AddDirective(Read(directive));
        }

        return faults.Count > 0 ? new SchemaResult(null, faults) : builder.Build();
    }

    // The five scalars and the introspection types are what the specification says, even when a text repeats them.
    private static bool IsSpecified(TypeDefinitionNode type) => IntrospectionTypes.IsReserved(type.Name.Value)
        || BuiltInScalars.Specified.Any(scalar => scalar.Name == type.Name.Value);

    private static void ReadSchema(DocumentNode document, SchemaBuilder builder)
    {
        var definitions =
            document.Definitions.OfType<SchemaDefinitionNode>().OrderBy(schema => schema.IsExtension).ToList();
        builder.Syntax.AddRange(definitions);
        builder.Description = definitions.FirstOrDefault()?.Description?.Value;
        var roots = definitions.SelectMany(schema => schema.OperationTypes)
            .ToDictionary(root => root.Operation, root => root.Type.Name.Value);

        // Without a schema definition the root types are known by their usual names (3.3.1).
        var usual = !definitions.Exists(schema => !schema.IsExtension);
        builder.QueryType = Root(OperationType.Query) ?? "";
        builder.MutationType = Root(OperationType.Mutation);
        builder.SubscriptionType = Root(OperationType.Subscription);

        string? Root(OperationType operation) =>
            roots.GetValueOrDefault(operation) ?? (usual ? operation.ToString() : null);
    }

    private TypeDefinition Read(TypeDefinitionNode node, ImmutableArray<TypeDefinitionNode> parts)
    {
        var name = node.Name.Value;
        TypeDefinition type = node switch
        {
            ScalarTypeDefinitionNode => Scalar(name, parts),
            ObjectTypeDefinitionNode => new ObjectType(name)
            {
                Cost = Weight(node.Directives),
                InterfaceReferences = Names(parts.Cast<ObjectTypeDefinitionNode>().SelectMany(part => part.Interfaces)),
                Fields = Fields(name, parts.Cast<ObjectTypeDefinitionNode>().SelectMany(part => part.Fields)),
            },
            InterfaceTypeDefinitionNode => new InterfaceType(name)
            {
                InterfaceReferences =
                    Names(parts.Cast<InterfaceTypeDefinitionNode>().SelectMany(part => part.Interfaces)),
                Fields = Fields(name, parts.Cast<InterfaceTypeDefinitionNode>().SelectMany(part => part.Fields)),
            },
            UnionTypeDefinitionNode => new UnionType(name)
            {
                MemberReferences = Names(parts.Cast<UnionTypeDefinitionNode>().SelectMany(part => part.Types)),
            },
            EnumTypeDefinitionNode => new EnumType(name)
            {
                Values = [.. parts.Cast<EnumTypeDefinitionNode>().SelectMany(part => part.Values).Select(EnumValue)],
            },
            _ => new InputObjectType(name)
            {
                IsOneOf = parts.Any(part => Find(part.Directives, "oneOf") is not null),
                Fields = [.. parts.Cast<InputObjectTypeDefinitionNode>().SelectMany(part => part.Fields).Select(Input)],
            },
        };
        type.Description = node.Description?.Value;
        type.Syntax.AddRange(parts);
        return type;
    }

    private ScalarType Scalar(string name, ImmutableArray<TypeDefinitionNode> parts)
    {
        var url = parts.Select(part => Find(part.Directives, "specifiedBy")).FirstOrDefault(found => found is not null);
        return new ScalarType(name) { SpecifiedBy = BuiltInText(url, "url") };
    }

    private static List<string> Names(IEnumerable<NamedTypeNode> types) => [.. types.Select(type => type.Name.Value)];

    private List<FieldDefinition> Fields(string type, IEnumerable<FieldDefinitionNode> fields) =>
        [.. fields.Select(field => Field(type, field))];

    private FieldDefinition Field(string type, FieldDefinitionNode node) =>
        new(node.Name.Value, Printer.PrintType(node.Type))
        {
            Description = node.Description?.Value,
            DeprecationReason = DeprecationReason(node.Directives),
            Arguments = [.. node.Arguments.Select(Input)],
            Cost = Weight(node.Directives),
            ListSize = Find(node.Directives, "listSize") is { } size ? Size(size) : null,
            Resolver = resolvers?.GetValueOrDefault($"{type}.{node.Name.Value}"),
            Subscribe = source,
            Syntax = node,
        };

    private InputValueDefinition Input(InputValueDefinitionNode node) =>
        new(node.Name.Value, Printer.PrintType(node.Type))
        {
            Description = node.Description?.Value,
            DeprecationReason = DeprecationReason(node.Directives),
            Cost = Weight(node.Directives),
            Syntax = node,
        };

    private EnumValueDefinition EnumValue(EnumValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        DeprecationReason = DeprecationReason(node.Directives),
        Syntax = node,
    };

    private DirectiveDefinition Read(DirectiveDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        Arguments = [.. node.Arguments.Select(Input)],
        IsRepeatable = node.IsRepeatable,
        Locations = [.. node.Locations.Select(location => DirectiveDefinition.ParseLocation(location.Value))],
        IsBuiltIn = BuiltInDirectives.IsBuiltIn(node.Name.Value),
        Syntax = node,
    };

    private static double? Weight(ImmutableArray<DirectiveNode> directives) =>
        double.TryParse(Text(Find(directives, "cost"), "weight"), CultureInfo.InvariantCulture, out var weight)
            ? weight
            : null;

    private static ListSize Size(DirectiveNode node) => new()
    {
        AssumedSize = Number(node, "assumedSize"),
        SlicingArguments = Texts(node, "slicingArguments"),
        SlicingArgumentDefaultValue = Number(node, "slicingArgumentDefaultValue"),
        SizedFields = Texts(node, "sizedFields"),
        RequireOneSlicingArgument =
            Given(node, "slicingArguments") is not null
            && Given(node, "requireOneSlicingArgument") is not BooleanValueNode { Value: false },
    };

    private static int? Number(DirectiveNode node, string argument) =>
        Given(node, argument) is IntValueNode number && int.TryParse(number.Value, out var value) ? value : null;

    private static List<string> Texts(DirectiveNode node, string argument) =>
        Given(node, argument) is ListValueNode list
            ? [.. list.Values.OfType<StringValueNode>().Select(text => text.Value)]
            : [];

    private static ValueNode? Given(DirectiveNode? node, string argument) =>
        node?.Arguments.FirstOrDefault(given => given.Name.Value == argument)?.Value;

    private string? DeprecationReason(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, "deprecated") is { } deprecated
            ? BuiltInText(deprecated, "reason") ?? BuiltInDirectives.DefaultDeprecationReason
            : null;

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name) =>
        directives.FirstOrDefault(directive => directive.Name.Value == name);

    // The arguments of the specification's own directives are text; of others the schema may say what it likes.
    private string? BuiltInText(DirectiveNode? directive, string argument)
    {
        var value = Value(directive, argument);
        if (value is not null and not StringValueNode)
        {
            var message = $"\"{argument}\" of \"@{directive!.Name.Value}\" must be a string.";
            faults.Add(new SchemaError(message, [value.Location]));
        }

        return (value as StringValueNode)?.Value;
    }

    private static string? Text(DirectiveNode? directive, string argument) =>
        (Value(directive, argument) as StringValueNode)?.Value;

    private static ValueNode? Value(DirectiveNode? directive, string argument) =>
        directive?.Arguments.FirstOrDefault(given => given.Name.Value == argument)?.Value;
}
