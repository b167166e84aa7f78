using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.5.2.1, Fragment Spread Target Defined: a spread names a fragment of the document.</summary>
internal sealed class KnownFragmentNames(ValidationContext context) : Rule(context)
{
    public override void EnterSpread(FragmentSpreadNode spread)
    {
        if (Context.Document.FindFragment(spread.Name.Value) is not null) return;
        Report($"Unknown fragment \"{spread.Name.Value}\".", spread.Name);
    }
}
