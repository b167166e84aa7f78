using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>The values of an enum have different names (3.9), those of its extensions included.</summary>
internal sealed class UniqueEnumValueNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var type in sdl.Types.OfType<EnumTypeDefinitionNode>().GroupBy(type => type.Name.Value))
        {
            ReportRepeated(
                errors,
                type.SelectMany(part => part.Values).Select(value => value.Name),
                name => $"Enum value \"{type.Key}.{name}\" can be defined only once.");
        }
    }
}
