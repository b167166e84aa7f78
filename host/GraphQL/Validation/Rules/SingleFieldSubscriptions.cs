using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.2.4.1: a subscription has one root field once fragments are merged, which is no introspection field and does not
/// depend on @skip or @include.
/// </summary>
internal sealed class SingleFieldSubscriptions(ValidationContext context) : Rule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Operation is not OperationType.Subscription) return;
        if (Context.Schema.SubscriptionType is not { } root) return;

        var roots = new RootSelections(Context, root, operation.SelectionSet);
        if (roots.Conditions.Count > 0)
        {
            Report("The root of a subscription must not use @skip or @include.", roots.Conditions);
            return;
        }

        var groups = roots.Fields.GroupBy(field => field.ResponseName).ToList();
        if (groups.Count == 0) Report("A subscription must select a root field.", operation.SelectionSet);
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
        private readonly ValidationContext context;
        private readonly ObjectType root;
        private readonly HashSet<string> visited = new(StringComparer.Ordinal);

        public RootSelections(ValidationContext context, ObjectType root, SelectionSetNode selections)
        {
            (this.context, this.root) = (context, root);
            var open = new Stack<SelectionNode>(selections.Selections.Reverse());
            while (open.TryPop(out var selection))
            {
                Conditions.AddRange(selection.Directives.Where(d => d.Name.Value is "skip" or "include"));
                if (selection is FieldNode field) Fields.Add(field);
                foreach (var next in Inside(selection)?.Selections.Reverse() ?? []) open.Push(next);
            }
        }

        public List<FieldNode> Fields { get; } = [];

        public List<DirectiveNode> Conditions { get; } = [];

        private SelectionSetNode? Inside(SelectionNode selection) => selection switch
        {
            InlineFragmentNode inline when Applies(inline.TypeCondition) => inline.SelectionSet,
            FragmentSpreadNode spread when visited.Add(spread.Name.Value)
                && context.Document.FindFragment(spread.Name.Value) is { } fragment
                && Applies(fragment.TypeCondition) => fragment.SelectionSet,
            _ => null,
        };

        private bool Applies(NamedTypeNode? condition) => condition is null
            || (context.Schema.FindType(condition.Name.Value) is { } type
                && (type == root || Schema.IsSubtype(type, root)));
    }
}
