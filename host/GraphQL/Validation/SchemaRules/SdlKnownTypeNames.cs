using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Every type that is named is defined, by the text or by the specification (3.4).</summary>
internal sealed class SdlKnownTypeNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        var defined = sdl.Types.Where(type => !type.IsExtension).Select(type => type.Name.Value);
        var known =
            defined.Concat(BuiltInScalars.Specified.Select(scalar => scalar.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var type in References(sdl))
        {
            var name = type.Name.Value;
            if (known.Contains(name) || IntrospectionTypes.IsReserved(name)) continue;
            Report(errors, $"Unknown type \"{name}\".", type);
        }
    }

    private static IEnumerable<NamedTypeNode> References(SdlDocument sdl) =>
        sdl.Schemas.SelectMany(schema => schema.OperationTypes).Select(root => root.Type)
            .Concat(sdl.Types.SelectMany(NamedBy))
            .Concat(sdl.Fields.Select(field => Innermost(field.Type)))
            .Concat(sdl.InputValues.Select(input => Innermost(input.Type)));

    private static IEnumerable<NamedTypeNode> NamedBy(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode node => node.Interfaces,
        InterfaceTypeDefinitionNode node => node.Interfaces,
        UnionTypeDefinitionNode node => node.Types,
        _ => [],
    };

    private static NamedTypeNode Innermost(TypeNode type) => type switch
    {
        ListTypeNode list => Innermost(list.Type),
        NonNullTypeNode nonNull => Innermost(nonNull.Type),
        _ => (NamedTypeNode)type,
    };
}
