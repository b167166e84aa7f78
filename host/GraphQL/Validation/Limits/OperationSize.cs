using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Measures an operation with its fragments expanded, as it would be executed. The walk ends as soon as any limit is
/// passed, so that its own cost is bounded by the limits.
/// </summary>
internal sealed class OperationSize
{
    private readonly ValidationContext context;
    private readonly ValidationOptions limits;
    private readonly HashSet<FragmentDefinitionNode> inside = [];
    private readonly Dictionary<FieldDefinition, int> onPath = [];
    private int nesting;
    private bool stopped;

    public OperationSize(ValidationContext context, OperationDefinitionNode operation)
    {
        this.context = context;
        limits = context.Options;
        Selections(operation.SelectionSet, context.Schema.RootType(operation.Operation), 0);
    }

    /// <summary>The first field deeper than allowed.</summary>
    public FieldNode? TooDeep { get; private set; }

    /// <summary>The first field that occurs on its own path more often than allowed.</summary>
    public FieldNode? Repeated { get; private set; }

    /// <summary>The first selection set within more others than allowed.</summary>
    public SelectionSetNode? TooNested { get; private set; }

    public int Fields { get; private set; }

    public int RootFields { get; private set; }

    public int FragmentVisits { get; private set; }

    private void Selections(SelectionSetNode set, TypeDefinition? parent, int depth)
    {
        if (++nesting > limits.MaxNesting)
        {
            TooNested = set;
            stopped = true;
        }

        foreach (var selection in set.Selections)
        {
            if (stopped) return;
            switch (selection)
            {
                case FieldNode field: Field(field, parent, depth + 1); break;
                case InlineFragmentNode inline:
                    Selections(inline.SelectionSet, Condition(inline.TypeCondition, parent), depth);
                    break;
                case FragmentSpreadNode spread: Spread(spread, parent, depth); break;
            }
        }

        nesting--;
    }

    private void Spread(FragmentSpreadNode spread, TypeDefinition? parent, int depth)
    {
        if (context.Document.FindFragment(spread.Name.Value) is not { } fragment || !inside.Add(fragment)) return;

        stopped |= ++FragmentVisits > limits.MaxFragmentVisits;
        Selections(fragment.SelectionSet, Condition(fragment.TypeCondition, parent), depth);
        inside.Remove(fragment);
    }

    private void Field(FieldNode field, TypeDefinition? parent, int depth)
    {
        stopped |= ++Fields > limits.MaxFields;
        if (depth == 1) stopped |= ++RootFields > limits.MaxRootFields;
        if (depth > limits.MaxDepth)
        {
            TooDeep = field;
            stopped = true;
        }

        var definition = parent is null ? null : context.Schema.FindField(parent, field.Name.Value);
        if (stopped || definition is null || field.SelectionSet is null) return;

        // Introspection has a rule of its own; its depth of "ofType" is no load.
        if (definition.Name is "__schema" or "__type") return;

        var times = onPath[definition] = onPath.GetValueOrDefault(definition) + 1;
        if (times > limits.MaxRepetition)
        {
            Repeated = field;
            stopped = true;
        }

        Selections(field.SelectionSet, definition.Type.NamedType, depth);
        onPath[definition] = times - 1;
    }

    private TypeDefinition? Condition(NamedTypeNode? condition, TypeDefinition? parent) =>
        condition is null ? parent : context.Schema.FindType(condition.Name.Value);
}
