using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>The arguments of an applied directive are defined (5.4.1).</summary>
internal sealed class KnownArgumentNamesOnDirectives : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var directive in sdl.AppliedDirectives)
        {
            if (!sdl.DirectivesByName.TryGetValue(directive.Name.Value, out var definition)) continue;

            foreach (var argument in directive.Arguments)
            {
                if (definition.Arguments.Any(known => known.Name.Value == argument.Name.Value)) continue;
                Report(errors, $"Unknown argument \"@{directive.Name.Value}({argument.Name.Value}:)\".", argument);
            }
        }
    }
}
