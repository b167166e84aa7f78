using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.7.1 and 5.7.2: a directive is defined, and stands where its definition allows.</summary>
internal sealed class KnownDirectives(ValidationContext context) : Rule(context)
{
    public override void EnterDirectives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location)
    {
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Context.Schema.FindDirective(name) is not { } definition)
            {
                Report($"Unknown directive \"@{name}\".", directive);
            }
            else if (!definition.Locations.Contains(location))
            {
                Report($"Directive \"@{name}\" may not be used on {DirectiveDefinition.NameOf(location)}.", directive);
            }
        }
    }
}
