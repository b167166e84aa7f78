using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.5.1.4: every fragment is used by an operation, directly or through other fragments.</summary>
internal sealed class NoUnusedFragments(ValidationContext context) : Rule(context)
{
    private readonly HashSet<FragmentDefinitionNode> used = [];

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            used.UnionWith(Context.ReachableFragments(operation));
        }

        // Of two fragments with one name only one can be meant; that there are two is another rule's fault.
        var names = used.Select(fragment => fragment.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (names.Contains(fragment.Name.Value)) continue;
            Report($"Fragment \"{fragment.Name.Value}\" is never used.", fragment);
        }
    }
}
