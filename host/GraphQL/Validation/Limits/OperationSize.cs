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
    private int fields;
    private int rootFields;
    private int fragmentVisits;
    private int nesting;

    public OperationSize(ValidationContext context, OperationDefinitionNode operation)
    {
        this.context = context;
        limits = context.Options;
        Selections(operation.SelectionSet, context.Schema.RootType(operation.Operation), 0);
    }

    /// <summary>The first limit that is passed, and where; null when the operation is within all of them.</summary>
    public (PassedLimit Limit, SyntaxNode Node)? Passed { get; private set; }

    private void Selections(SelectionSetNode set, TypeDefinition? parent, int depth)
    {
        Check("nesting", ++nesting, limits.MaxNesting, set, parent?.Name);
        foreach (var selection in set.Selections)
        {
            if (Passed is not null) return;
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

        var type = Condition(fragment.TypeCondition, parent);
        Check("fragmentVisits", ++fragmentVisits, limits.MaxFragmentVisits, spread, type?.Name);
        Selections(fragment.SelectionSet, type, depth);
        inside.Remove(fragment);
    }

    private void Field(FieldNode field, TypeDefinition? parent, int depth)
    {
        fields++;
        if (depth == 1) rootFields++;
        if (fields > limits.MaxFields) Pass("fields", fields, limits.MaxFields, field, parent);
        if (rootFields > limits.MaxRootFields) Pass("rootFields", rootFields, limits.MaxRootFields, field, parent);
        if (depth > limits.MaxDepth) Pass("depth", depth, limits.MaxDepth, field, parent);

        var definition = parent is null ? null : context.Schema.FindField(parent, field.Name.Value);
        if (Passed is not null || definition is null || field.SelectionSet is null) return;

        // Introspection has a rule of its own; its depth of "ofType" is no load.
        if (definition.Name is "__schema" or "__type") return;

        var times = onPath[definition] = onPath.GetValueOrDefault(definition) + 1;
        if (times > limits.MaxRepetition) Pass("repetition", times, limits.MaxRepetition, field, parent);
        Selections(field.SelectionSet, definition.Type.NamedType, depth);
        onPath[definition] = times - 1;
    }

    private void Pass(string measure, int actual, int most, FieldNode field, TypeDefinition? parent) =>
        Check(measure, actual, most, field, parent is null ? null : $"{parent.Name}.{field.Name.Value}");

    private void Check(string measure, int actual, int most, SyntaxNode node, string? coordinate)
    {
        if (actual > most) Passed ??= (new PassedLimit(measure, most, actual, coordinate), node);
    }

    private TypeDefinition? Condition(NamedTypeNode? condition, TypeDefinition? parent) =>
        condition is null ? parent : context.Schema.FindType(condition.Name.Value);
}
