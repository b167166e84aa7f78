using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.5.1.3: a fragment stands on an object, interface or union; nothing else has fields.</summary>
internal sealed class FragmentsOnCompositeTypes(ValidationContext context) : Rule(context)
{
    public override void EnterFragment(FragmentDefinitionNode fragment) => Check(fragment.TypeCondition);

    public override void EnterInlineFragment(InlineFragmentNode fragment) => Check(fragment.TypeCondition);

    private void Check(NamedTypeNode? condition)
    {
        if (condition is null || Context.Schema.FindType(condition.Name.Value) is not { IsComposite: false } type)
        {
            return;
        }
        Report($"A fragment cannot stand on \"{type}\", which has no fields.", condition);
    }
}
