using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>The fields of a type have different names (3.6, 3.7, 3.10), those of its extensions included.</summary>
internal sealed class UniqueFieldDefinitionNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var type in sdl.Types.GroupBy(type => type.Name.Value))
        {
            ReportRepeated(
                errors,
                type.SelectMany(FieldNames),
                name => $"Field \"{type.Key}.{name}\" can be defined only once.");
        }
    }

    private static IEnumerable<NameNode> FieldNames(TypeDefinitionNode type) =>
        type is InputObjectTypeDefinitionNode input
            ? input.Fields.Select(field => field.Name)
            : SdlDocument.FieldsOf(type).Select(field => field.Name);
}
