using System.Collections.Immutable;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.4.3, Required Arguments: an argument that is non-null and has no default is given.</summary>
internal sealed class ProvidedRequiredArguments(ValidationContext context) : Rule(context)
{
    public override void EnterArguments(ImmutableArray<ArgumentNode> arguments, SyntaxNode owner)
    {
        var definitions = owner is FieldNode ? Context.Field?.Arguments : Context.Directive?.Arguments;
        foreach (var definition in definitions ?? [])
        {
            if (!definition.IsRequired || IsGiven(arguments, definition.Name)) continue;
            Report($"Argument \"{definition}\" of type \"{definition.Type}\" is required.", owner);
        }
    }

    private static bool IsGiven(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name.Value == name) return true;
        }

        return false;
    }
}
