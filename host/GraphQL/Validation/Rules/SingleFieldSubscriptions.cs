using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.2.4.1: a subscription has one root field once fragments are merged, which is no introspection field and does not
/// depend on @skip or @include.
/// </summary>
internal sealed class SingleFieldSubscriptions(ValidationContext context) : Rule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Operation is not OperationType.Subscription || Context.Schema.SubscriptionType is null) return;

        var roots = new RootSelections(Context.Document, operation.SelectionSet);
        if (roots.Conditions.Count > 0)
        {
            Report("The root of a subscription must not use @skip or @include.", roots.Conditions);
        }

        var groups = roots.Fields.GroupBy(field => field.ResponseName).ToList();
        if (groups.Count > 1)
        {
            Report("A subscription must select only one root field.", groups.Skip(1).SelectMany(g => g));
        }

        foreach (var group in groups)
        {
            if (!group.First().Name.Value.StartsWith("__", StringComparison.Ordinal)) continue;
            Report("A subscription must not select an introspection field at its root.", group);
        }
    }

    /// <summary>The root fields with all fragments expanded, and the conditions met on the way.</summary>
    private sealed class RootSelections
    {
        private readonly HashSet<string> visited = new(StringComparer.Ordinal);

        public RootSelections(DocumentNode document, SelectionSetNode root)
        {
            var open = new Stack<SelectionNode>(root.Selections.Reverse());
            while (open.TryPop(out var selection))
            {
                Conditions.AddRange(selection.Directives.Where(d => d.Name.Value is "skip" or "include"));
                if (selection is FieldNode field) Fields.Add(field);
                var inner = selection switch
                {
                    InlineFragmentNode inline => inline.SelectionSet,
                    FragmentSpreadNode spread when visited.Add(spread.Name.Value) =>
                        document.FindFragment(spread.Name.Value)?.SelectionSet,
                    _ => null,
                };
                foreach (var next in inner?.Selections.Reverse() ?? []) open.Push(next);
            }
        }

        public List<FieldNode> Fields { get; } = [];

        public List<DirectiveNode> Conditions { get; } = [];
    }
}
