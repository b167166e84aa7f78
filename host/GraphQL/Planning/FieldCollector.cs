using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>CollectFields of section 6.3.2: the fields that apply to one object type, grouped by response name in the
/// order of their first occurrence.</summary>
internal sealed class FieldCollector(Schema schema, DocumentNode document, Dictionary<string, bool?> conditions)
{
    private readonly OrderedDictionary<string, List<FieldNode>> collected = [];
    private readonly HashSet<string> visitedFragments = [];

    /// <summary>The condition that turned out null; what was collected means nothing then.</summary>
    public VariableNode? NullCondition { get; private set; }

    public OrderedDictionary<string, List<FieldNode>> Collect(ObjectType type, SelectionSetNode[] sets)
    {
        foreach (var set in sets) Collect(type, set);
        return collected;
    }

    private void Collect(ObjectType type, SelectionSetNode set)
    {
        foreach (var selection in set.Selections)
        {
            if (!IsIncluded(selection.Directives)) continue;
            if (NullCondition is not null) return;
            switch (selection)
            {
                case FieldNode field:
                    Add(field);
                    break;
                case InlineFragmentNode inline when Applies(inline.TypeCondition, type):
                    Collect(type, inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when visitedFragments.Add(spread.Name.Value):
                    var fragment = document.FindFragment(spread.Name.Value);
                    if (fragment is not null && Applies(fragment.TypeCondition, type))
                    {
                        Collect(type, fragment.SelectionSet);
                    }

                    break;
            }
        }
    }

    private void Add(FieldNode field)
    {
        if (!collected.TryGetValue(field.ResponseName, out var merged)) collected.Add(field.ResponseName, merged = []);
        merged.Add(field);
    }

    private bool Applies(NamedTypeNode? condition, ObjectType type)
    {
        if (condition is null || condition.Name.Value == type.Name) return true;
        return schema.FindType(condition.Name.Value) is { } named && Schema.IsSubtype(named, type);
    }

    private bool IsIncluded(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == "skip" && Condition(directive)) return false;
            if (directive.Name.Value == "include" && !Condition(directive)) return false;
        }

        return true;
    }

    private bool Condition(DirectiveNode directive) => directive.Arguments[0].Value switch
    {
        BooleanValueNode literal => literal.Value,
        VariableNode variable => conditions[variable.Name.Value] ?? Fail(variable),
        _ => throw new InvalidOperationException("@skip and @include were not validated."),
    };

    private bool Fail(VariableNode variable)
    {
        NullCondition ??= variable;
        return false;
    }
}
