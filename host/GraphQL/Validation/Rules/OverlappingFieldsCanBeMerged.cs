using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.3.2, Field Selection Merging: selections with the same response name can be answered together. All of them give
/// values of the same shape; those an object can have at the same time are the same field with the same arguments.
/// </summary>
/// <remarks>
/// Not pair by pair: fields are grouped by response name and each is compared with the first of its group, then the
/// selections below a group are looked at as one. Selections looked at before, alone or together, are not looked at
/// again, and a budget ends what is still too much.
/// </remarks>
internal sealed class OverlappingFieldsCanBeMerged(ValidationContext context) : Rule(context)
{
    private readonly Dictionary<SelectionSetNode, TypeDefinition?> parents = [];
    private readonly Dictionary<SelectionSetNode, int> numbers = [];
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly Stack<(List<SelectionSetNode> Sets, bool ShapeOnly)> open = new();
    private readonly HashSet<FieldNode> reported = [];
    private int budget;

    public override void EnterSelectionSet(SelectionSetNode selections) => parents[selections] = Context.ParentType;

    public override void LeaveDocument(DocumentNode document)
    {
        budget = Context.Options.MaxMergeComparisons;
        foreach (var definition in Roots(document))
        {
            Open([definition.SelectionSet], shapeOnly: true);
            Open([definition.SelectionSet], shapeOnly: false);
            while (open.TryPop(out var next) && !Context.IsFull)
            {
                foreach (var group in Collect(next.Sets).Values) Check(group, next.ShapeOnly);
                if (budget >= 0) continue;

                var most = Context.Options.MaxMergeComparisons;
                var passed = new PassedLimit("mergeComparisons", most, (double)most - budget);
                Context.Report(
                    this, LimitCode.Merge, passed, "Checking for conflicting fields takes too many steps", definition);
                return;
            }
        }
    }

    /// <summary>Operations, and fragments no operation spreads: others are looked at where they are spread.</summary>
    private List<ExecutableDefinitionNode> Roots(DocumentNode document)
    {
        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        var spread = operations.SelectMany(Context.ReachableFragments).ToHashSet();
        var alone = document.Definitions.OfType<FragmentDefinitionNode>().Where(fragment => !spread.Contains(fragment));
        return [.. operations, .. alone];
    }

    private void Check(List<Selected> fields, bool shapeOnly)
    {
        // What is below fields in conflict need not be looked at before the conflict is gone.
        if (shapeOnly)
        {
            if (!CheckShape(fields) || fields.Exists(field => reported.Contains(field.Node))) return;
            Open([.. fields.Select(field => field.Node.SelectionSet).OfType<SelectionSetNode>()], shapeOnly: true);
            return;
        }

        foreach (var together in WithCommonParents(fields))
        {
            if (!CheckSame(together)) continue;
            Open([.. together.Select(field => field.Node.SelectionSet).OfType<SelectionSetNode>()], shapeOnly: false);
        }
    }

    private bool CheckShape(List<Selected> fields)
    {
        Selected? first = null;
        foreach (var field in fields)
        {
            if (field.Definition is null) continue;
            if (first is not { Definition: { } expected } known) first = field;
            else if (!SameShape(expected.Type, field.Definition.Type))
            {
                Conflict(known, field, $"they have the types \"{expected.Type}\" and \"{field.Definition.Type}\"");
                return false;
            }
        }

        return true;
    }

    private bool CheckSame(List<Selected> fields)
    {
        var first = fields[0];
        foreach (var field in fields.Where(field => field.Node != first.Node))
        {
            if (field.Node.Name.Value != first.Node.Name.Value)
            {
                Conflict(
                    first,
                    field,
                    $"\"{first.Node.Name.Value}\" and \"{field.Node.Name.Value}\" are different fields");
                return false;
            }

            if (!ValueComparison.SameArguments(first.Node.Arguments, field.Node.Arguments))
            {
                Conflict(first, field, "they have different arguments");
                return false;
            }
        }

        return true;
    }

    private void Conflict(Selected first, Selected second, string because)
    {
        // Two fields may conflict in shape and in meaning; one complaint is enough.
        if (!reported.Add(second.Node)) return;
        Report(
            $"Fields \"{first.Node.ResponseName}\" conflict because {because}. Use different aliases to fetch both.",
            first.Node,
            second.Node);
    }

    /// <summary>
    /// Groups whose fields one object can have together: fields of the same object type, and with each the fields of
    /// interfaces, unions and unknown types, to which any object may belong.
    /// </summary>
    private static IEnumerable<List<Selected>> WithCommonParents(List<Selected> fields)
    {
        if (fields.Count == 1) return [fields];

        var anywhere = fields.Where(field => field.Parent is not ObjectType).ToList();
        var byObject = fields.Where(field => field.Parent is ObjectType).GroupBy(field => field.Parent).ToList();
        return byObject.Count == 0 ? [anywhere] : byObject.Select(own => (List<Selected>)[.. anywhere, .. own]);
    }

    /// <summary>The fields of selection sets taken together, fragments expanded, by response name.</summary>
    private Dictionary<string, List<Selected>> Collect(List<SelectionSetNode> sets)
    {
        var groups = new Dictionary<string, List<Selected>>(StringComparer.Ordinal);
        var visited = new HashSet<SelectionSetNode>(sets);
        var expand = new Queue<SelectionSetNode>(sets);
        while (expand.TryDequeue(out var set) && budget >= 0)
        {
            var parent = parents.GetValueOrDefault(set);
            foreach (var selection in set.Selections)
            {
                budget--;
                if (selection is FieldNode field) Add(groups, field, parent);
                else if (Inside(selection) is { } inner && visited.Add(inner)) expand.Enqueue(inner);
            }
        }

        return groups;
    }

    private SelectionSetNode? Inside(SelectionNode selection) => selection is InlineFragmentNode inline
        ? inline.SelectionSet
        : Context.Document.FindFragment(((FragmentSpreadNode)selection).Name.Value)?.SelectionSet;

    private static void Add(Dictionary<string, List<Selected>> groups, FieldNode field, TypeDefinition? parent)
    {
        if (!groups.TryGetValue(field.ResponseName, out var group)) groups.Add(field.ResponseName, group = []);

        // As in the reference implementation, introspection fields take no part in the comparison of shapes.
        group.Add(new Selected(field, parent, (parent as TypeWithFields)?.FindField(field.Name.Value)));
    }

    private void Open(List<SelectionSetNode> sets, bool shapeOnly)
    {
        if (sets.Count == 0) return;

        var key = string.Join(',', sets.Select(NumberOf).Order()) + (shapeOnly ? "s" : "");
        if (done.Add(key)) open.Push((sets, shapeOnly));
    }

    private int NumberOf(SelectionSetNode set)
    {
        if (!numbers.TryGetValue(set, out var number)) numbers.Add(set, number = numbers.Count);
        return number;
    }

    private static bool SameShape(IType left, IType right) => (left, right) switch
    {
        (NonNullType a, NonNullType b) => SameShape(a.OfType, b.OfType),
        (ListType a, ListType b) => SameShape(a.OfType, b.OfType),
        (TypeDefinition a, TypeDefinition b) => (a.IsComposite && b.IsComposite) || a == b,
        _ => false,
    };

    private readonly record struct Selected(FieldNode Node, TypeDefinition? Parent, FieldDefinition? Definition);
}
