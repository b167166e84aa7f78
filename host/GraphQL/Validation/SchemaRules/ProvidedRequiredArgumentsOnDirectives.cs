using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>The required arguments of an applied directive are given (5.4.3).</summary>
internal sealed class ProvidedRequiredArgumentsOnDirectives : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var directive in sdl.AppliedDirectives)
        {
            if (!sdl.DirectivesByName.TryGetValue(directive.Name.Value, out var definition)) continue;

            foreach (var argument in definition.Arguments.Where(IsRequired))
            {
                var name = argument.Name.Value;
                if (directive.Arguments.Any(given => given.Name.Value == name)) continue;
                Report(errors, $"Argument \"@{directive.Name.Value}({name}:)\" is required.", directive);
            }
        }
    }

    private static bool IsRequired(InputValueDefinitionNode argument) =>
        argument.Type is NonNullTypeNode && argument.DefaultValue is null;
}
