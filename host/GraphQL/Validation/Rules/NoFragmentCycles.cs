using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.5.2.2: a fragment does not spread itself, directly or through others. The search keeps its own stack, because a
/// chain of fragments may be longer than the thread's.
/// </summary>
internal sealed class NoFragmentCycles(ValidationContext context) : Rule(context)
{
    // By name, for that is how a spread finds its fragment.
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> depthOf = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> path = [];

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (visited.Add(fragment.Name.Value)) Search(fragment);
        }
    }

    private void Search(FragmentDefinitionNode start)
    {
        var open = new Stack<Visit>();
        Open(start, open);
        while (open.TryPeek(out var current))
        {
            if (current.Spreads.TryDequeue(out var spread))
            {
                Follow(spread, open);
                continue;
            }

            open.Pop();
            depthOf.Remove(current.Name);
            if (path.Count > 0) path.RemoveAt(path.Count - 1);
        }
    }

    private void Follow(FragmentSpreadNode spread, Stack<Visit> open)
    {
        if (Context.Document.FindFragment(spread.Name.Value) is not { } target) return;

        if (depthOf.TryGetValue(target.Name.Value, out var start))
        {
            Report($"Fragment \"{target.Name.Value}\" spreads itself.", [.. path.Skip(start), spread]);
        }
        else if (visited.Add(target.Name.Value))
        {
            path.Add(spread);
            Open(target, open);
        }
    }

    private void Open(FragmentDefinitionNode fragment, Stack<Visit> open)
    {
        depthOf[fragment.Name.Value] = path.Count;
        open.Push(new Visit(fragment.Name.Value, Spreads(fragment)));
    }

    /// <summary>
    /// The spreads of a fragment; the last nested selections come first. Any order finds every circle, this one has the
    /// reference implementation's place for the beginning of each.
    /// </summary>
    private static Queue<FragmentSpreadNode> Spreads(FragmentDefinitionNode fragment)
    {
        var spreads = new Queue<FragmentSpreadNode>();
        var open = new Stack<SelectionSetNode>([fragment.SelectionSet]);
        while (open.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                if (selection is FragmentSpreadNode spread) spreads.Enqueue(spread);
                if (selection is FieldNode { SelectionSet: { } below }) open.Push(below);
                if (selection is InlineFragmentNode inline) open.Push(inline.SelectionSet);
            }
        }

        return spreads;
    }

    private readonly record struct Visit(string Name, Queue<FragmentSpreadNode> Spreads);
}
