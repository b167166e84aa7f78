using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.7.3: a directive that is not repeatable stands at most once at a place.</summary>
internal sealed class UniqueDirectivesPerLocation(ValidationContext context) : Rule(context)
{
    public override void EnterDirectives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location)
    {
        if (directives.Length < 2) return;

        var known = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Context.Schema.FindDirective(name) is not { IsRepeatable: false }) continue;
            if (!known.TryAdd(name, directive))
            {
                Report($"Directive \"@{name}\" can be used only once here.", known[name], directive);
            }
        }
    }
}
