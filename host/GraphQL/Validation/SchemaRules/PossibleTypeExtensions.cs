using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>An extension extends a type of the same kind that the text defines (3.4.3).</summary>
internal sealed class PossibleTypeExtensions : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        var defined = new Dictionary<string, TypeDefinitionNode>(StringComparer.Ordinal);
        foreach (var type in sdl.Types.Where(type => !type.IsExtension)) defined[type.Name.Value] = type;
        foreach (var extension in sdl.Types.Where(type => type.IsExtension))
        {
            var name = extension.Name.Value;
            if (!defined.TryGetValue(name, out var type))
            {
                Report(errors, $"Cannot extend type \"{name}\" because it is not defined.", extension.Name);
            }
            else if (type.GetType() != extension.GetType())
            {
                Report(errors, $"Type \"{name}\" is of another kind than its extension.", type, extension);
            }
        }
    }
}
