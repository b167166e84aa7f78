using System.Collections.Immutable;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.4.2, Argument Uniqueness: an argument is given once at most.</summary>
internal sealed class UniqueArgumentNames(ValidationContext context) : Rule(context)
{
    public override void EnterArguments(ImmutableArray<ArgumentNode> arguments, SyntaxNode owner)
    {
        if (arguments.Length < 2) return;

        foreach (var same in arguments.GroupBy(argument => argument.Name.Value).Where(same => same.Count() > 1))
        {
            Report($"Argument \"{same.Key}\" can be given only once.", same.Select(argument => argument.Name));
        }
    }
}
