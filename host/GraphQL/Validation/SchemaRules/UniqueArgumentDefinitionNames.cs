using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>The arguments of a field or directive have different names (3.6.1, 3.13).</summary>
internal sealed class UniqueArgumentDefinitionNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var field in sdl.Fields) Check(field.Arguments, field.Name.Value, errors);
        foreach (var directive in sdl.DirectiveDefinitions)
        {
            Check(directive.Arguments, $"@{directive.Name.Value}", errors);
        }
    }

    private void Check(IEnumerable<InputValueDefinitionNode> arguments, string owner, List<SchemaError> errors)
    {
        foreach (var same in arguments.GroupBy(argument => argument.Name.Value).Where(same => same.Count() > 1))
        {
            Report(
                errors,
                $"Argument \"{owner}({same.Key}:)\" can be defined only once.",
                same.Select(argument => argument.Name));
        }
    }
}
