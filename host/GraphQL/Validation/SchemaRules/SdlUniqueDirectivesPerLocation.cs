using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// A directive that is not repeatable stands at most once at a place (5.7.3). A type and its extensions are one place.
/// </summary>
internal sealed class SdlUniqueDirectivesPerLocation : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var place in sdl.Applications.GroupBy(PlaceOf))
        {
            var known = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);
            foreach (var directive in place.SelectMany(application => application.Directives))
            {
                var name = directive.Name.Value;
                if (!sdl.DirectivesByName.TryGetValue(name, out var definition) || definition.IsRepeatable) continue;
                if (known.TryAdd(name, directive)) continue;
                Report(errors, $"Directive \"@{name}\" can be used only once here.", known[name], directive);
            }
        }
    }

    private static object PlaceOf(DirectiveApplication application) => application.Owner switch
    {
        SchemaDefinitionNode => typeof(SchemaDefinitionNode),
        TypeDefinitionNode type => type.Name.Value,
        var owner => owner,
    };
}
