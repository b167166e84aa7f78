using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.5.2.2: a fragment does not spread itself, directly or through others. The search keeps its own stack, because a
/// chain of fragments may be longer than the thread's.
/// </summary>
internal sealed class NoFragmentCycles(ValidationContext context) : Rule(context)
{
    private readonly HashSet<FragmentDefinitionNode> visited = [];
    private readonly Dictionary<FragmentDefinitionNode, int> depthOf = [];
    private readonly List<FragmentSpreadNode> path = [];

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (visited.Add(fragment)) Search(fragment);
        }
    }

    private void Search(FragmentDefinitionNode start)
    {
        var open = new Stack<(FragmentDefinitionNode Fragment, int Next)>();
        Open(start, open);
        while (open.TryPop(out var current))
        {
            var spreads = Context.UsesOf(current.Fragment).Spreads;
            if (current.Next == spreads.Count)
            {
                depthOf.Remove(current.Fragment);
                if (path.Count > 0) path.RemoveAt(path.Count - 1);
                continue;
            }

            open.Push((current.Fragment, current.Next + 1));
            Follow(spreads[current.Next], open);
        }
    }

    private void Follow(FragmentSpreadNode spread, Stack<(FragmentDefinitionNode Fragment, int Next)> open)
    {
        if (Context.Document.FindFragment(spread.Name.Value) is not { } target) return;

        if (depthOf.TryGetValue(target, out var start))
        {
            Report($"Fragment \"{target.Name.Value}\" spreads itself.", [.. path.Skip(start), spread]);
        }
        else if (visited.Add(target))
        {
            path.Add(spread);
            Open(target, open);
        }
    }

    private void Open(FragmentDefinitionNode fragment, Stack<(FragmentDefinitionNode Fragment, int Next)> open)
    {
        depthOf[fragment] = path.Count;
        open.Push((fragment, 0));
    }
}
