using System.Collections.Immutable;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.4.1, Argument Names: an argument is defined by its field or directive.</summary>
internal sealed class KnownArgumentNames(ValidationContext context) : Rule(context)
{
    public override void EnterArguments(ImmutableArray<ArgumentNode> arguments, SyntaxNode owner)
    {
        foreach (var argument in arguments)
        {
            var name = argument.Name.Value;
            if (owner is DirectiveNode)
            {
                if (Context.Directive is not { } directive || directive.FindArgument(name) is not null) continue;
                Report($"Unknown argument \"{name}\" on directive \"{directive}\".", argument);
            }
            else if (Context.Field is { } field && field.FindArgument(name) is null)
            {
                Report($"Unknown argument \"{name}\" on field \"{field}\".", argument);
            }
        }
    }
}
