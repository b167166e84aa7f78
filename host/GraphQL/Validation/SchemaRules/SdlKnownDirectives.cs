using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Directives are defined and stand where their definition allows (5.7.1, 5.7.2).</summary>
internal sealed class SdlKnownDirectives : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var application in sdl.Applications)
        {
            var place = DirectiveDefinition.NameOf(application.Location);
            foreach (var directive in application.Directives)
            {
                var name = directive.Name.Value;
                if (!sdl.DirectivesByName.TryGetValue(name, out var definition))
                {
                    Report(errors, $"Unknown directive \"@{name}\".", directive);
                }
                else if (!definition.Locations.Any(location => location.Value == place))
                {
                    Report(errors, $"Directive \"@{name}\" may not be used on {place}.", directive);
                }
            }
        }
    }
}
