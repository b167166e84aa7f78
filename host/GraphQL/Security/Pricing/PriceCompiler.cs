using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>
/// Makes the price of an operation from what it selects. Fields of one response name are priced once, as they are
/// executed once; below an interface or union, where the plan is not known before values come, all object types are
/// priced together instead of one after the other, so that the work stays within the number of selected fields.
/// </summary>
internal sealed class PriceCompiler
{
    private readonly Schema schema;
    private readonly DocumentNode document;
    private readonly Dictionary<string, bool?> conditions;
    private readonly VariablePrices variables;
    private readonly CostLimits limits;
    private readonly int maxFields;
    private int fields;

    private PriceCompiler(
        Schema schema,
        DocumentNode document,
        Dictionary<string, bool?> conditions,
        VariablePrices variables,
        RequestExecutorOptions options)
    {
        this.schema = schema;
        this.document = document;
        this.conditions = conditions;
        this.variables = variables;
        limits = options.Cost;
        maxFields = options.Validation.MaxFields;
    }

    /// <param name="schema">The schema the document was validated against.</param>
    /// <param name="document">The document, for its fragments.</param>
    /// <param name="operation">One of its operations.</param>
    /// <param name="conditions">The values of the variables that @skip and @include depend on.</param>
    /// <param name="options">The limits.</param>
    public static PricePlan Compile(
        Schema schema,
        DocumentNode document,
        OperationDefinitionNode operation,
        Dictionary<string, bool?> conditions,
        RequestExecutorOptions options)
    {
        var variables = new VariablePrices(schema, operation);
        var compiler = new PriceCompiler(schema, document, conditions, variables, options);
        var root = schema.RootType(operation.Operation)!;
        var roots = compiler.Below([(operation.SelectionSet, root)], []);
        foreach (var node in roots) node.Fold(1, parentIsConstant: true);
        return new PricePlan(roots, Weights.Of(root), variables, options.Cost);
    }

    private PriceNode[] Below(IEnumerable<(SelectionSetNode Set, TypeDefinition Parent)> sets, string[] sized)
    {
        var groups = new OrderedDictionary<string, List<(FieldNode Node, FieldDefinition Field)>>();
        var visited = new HashSet<string>();
        foreach (var (set, parent) in sets) Collect(set, parent, groups, visited);
        if ((fields += groups.Count) > maxFields) throw TooManyFields.At(groups.GetAt(0).Value[0], fields, maxFields);
        return [.. groups.Values.Select(group => Node(group, sized))];
    }

    private PriceNode Node(List<(FieldNode Node, FieldDefinition Field)> group, string[] sized)
    {
        var alternatives = group.DistinctBy(selected => selected.Field)
            .SelectMany(selected => Definitions(selected.Field).Select(field => (selected.Node, Field: field)))
            .DistinctBy(selected => selected.Field)
            .Select(selected => Price(selected.Field, selected.Node, sized))
            .ToArray();

        // What introspection answers is made once per schema; how much of it may be asked is another limit's matter.
        var first = group[0];
        if (first.Field.Name is "__schema" or "__type") return new PriceNode(first.Node, alternatives, []);

        var sets = group.Where(selected => selected.Node.SelectionSet is not null)
            .Select(selected => (selected.Node.SelectionSet!, selected.Field.Type.NamedType));
        var below = alternatives.SelectMany(price => price.Field.ListSize?.SizedFields ?? []).Distinct();
        return new PriceNode(first.Node, alternatives, Below(sets, [.. below]));
    }

    /// <summary>The fields that may answer: that of an interface stands for those of all its implementations.</summary>
    private static IEnumerable<FieldDefinition> Definitions(FieldDefinition field) =>
        field.DeclaringType is InterfaceType type
            ? type.Implementations.Select(one => one.FindField(field.Name)).OfType<FieldDefinition>().Prepend(field)
            : [field];

    private FieldPrice Price(FieldDefinition field, FieldNode node, string[] sized)
    {
        var size = field.ListSize is { } known ? new SizePlan(field, node, known, limits.AssumedListSize)
            : sized.Contains(field.Name) ? null
            : new SizePlan(Math.Pow(limits.AssumedListSize, Lists(field.Type)));
        return new FieldPrice(
            field,
            Weights.Of(field),
            Weights.Of(field.Type.NamedType),
            new InputPrice(field, node, variables),
            size,
            HoldsSized: field.ListSize is { SizedFields.Count: > 0 });
    }

    private static int Lists(IType type) => type.Nullable is ListType list ? 1 + Lists(list.OfType) : 0;

    private void Collect(
        SelectionSetNode set,
        TypeDefinition parent,
        OrderedDictionary<string, List<(FieldNode, FieldDefinition)>> groups,
        HashSet<string> visited)
    {
        foreach (var selection in set.Selections)
        {
            if (!selection.Directives.All(IsIncluded)) continue;
            switch (selection)
            {
                case FieldNode field when schema.FindField(parent, field.Name.Value) is { } definition:
                    if (!groups.TryGetValue(field.ResponseName, out var group))
                    {
                        groups.Add(field.ResponseName, group = []);
                    }

                    group.Add((field, definition));
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.SelectionSet, On(inline.TypeCondition, parent), groups, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                    if (document.FindFragment(spread.Name.Value) is not { } fragment) break;
                    Collect(fragment.SelectionSet, On(fragment.TypeCondition, parent), groups, visited);
                    break;
            }
        }
    }

    // A null condition fails where it stands, and then nothing of it is executed.
    private bool IsIncluded(DirectiveNode directive) => directive.Name.Value switch
    {
        "skip" => Condition(directive) is false,
        "include" => Condition(directive) is true,
        _ => true,
    };

    private bool? Condition(DirectiveNode directive) => directive.Arguments[0].Value switch
    {
        BooleanValueNode literal => literal.Value,
        VariableNode variable => conditions[variable.Name.Value],
        _ => null,
    };

    private TypeDefinition On(NamedTypeNode? condition, TypeDefinition parent) =>
        condition is null ? parent : schema.FindType(condition.Name.Value) ?? parent;
}
