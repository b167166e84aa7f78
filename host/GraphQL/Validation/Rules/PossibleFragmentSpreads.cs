using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.5.2.3: a fragment stands where its type can occur: some object type belongs to the fragment's type and to the
/// enclosing one.
/// </summary>
internal sealed class PossibleFragmentSpreads(ValidationContext context) : Rule(context)
{
    public override void EnterInlineFragment(InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is { } condition) Check(condition, fragment);
    }

    public override void EnterSpread(FragmentSpreadNode spread)
    {
        if (Context.Document.FindFragment(spread.Name.Value) is { } target) Check(target.TypeCondition, spread);
    }

    private void Check(NamedTypeNode condition, SelectionNode node)
    {
        if (Context.Schema.FindType(condition.Name.Value) is not { IsComposite: true } type) return;
        if (Context.ParentType is not { IsComposite: true } parent || Overlap(type, parent)) return;

        Report($"A value of type \"{parent}\" is never a \"{type}\", so that the fragment selects nothing.", node);
    }

    private static bool Overlap(TypeDefinition left, TypeDefinition right)
    {
        if (left == right) return true;

        var possible = Schema.PossibleTypes(right);
        return Schema.PossibleTypes(left).Any(type => possible.Contains(type));
    }
}
