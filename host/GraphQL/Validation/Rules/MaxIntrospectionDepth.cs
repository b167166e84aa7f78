using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Not in chapter 5, but asked of every server: lists of introspection do not nest deeper than
/// <see cref="ValidationOptions.MaxIntrospectionDepth"/>, because each level multiplies the answer. Fragments are
/// measured once each, however often they are spread; a chain of them that is too long to be followed counts as too
/// deep.
/// </summary>
internal sealed class MaxIntrospectionDepth(ValidationContext context) : Rule(context)
{
    private const int LongestChain = 128;

    private readonly Dictionary<FragmentDefinitionNode, int> measured = [];
    private int nesting;

    public override void EnterField(FieldNode field)
    {
        if (field.Name.Value is not ("__schema" or "__type") || field.SelectionSet is not { } selections) return;
        var depth = Depth(selections);
        if (depth < TooDeep) return;

        var coordinate = Context.ParentType is { } parent ? $"{parent.Name}.{field.Name.Value}" : null;
        var passed = new PassedLimit("introspectionDepth", Context.Options.MaxIntrospectionDepth, depth, coordinate);
        Context.Report(this, LimitCode.Introspection, passed, $"{field.Name.Value} nests too many lists", field);
    }

    private int TooDeep => Context.Options.MaxIntrospectionDepth + 1;

    private int Depth(SelectionSetNode selections)
    {
        if (nesting == LongestChain) return TooDeep;

        nesting++;
        var deepest = 0;
        foreach (var selection in selections.Selections)
        {
            if (deepest >= TooDeep) break;
            deepest = Math.Max(deepest, Depth(selection));
        }

        nesting--;
        return deepest;
    }

    private int Depth(SelectionNode selection) => selection switch
    {
        FieldNode { SelectionSet: { } inner } field => Depth(inner) + (IsList(field) ? 1 : 0),
        FieldNode field => IsList(field) ? 1 : 0,
        InlineFragmentNode inline => Depth(inline.SelectionSet),
        FragmentSpreadNode spread when Context.Document.FindFragment(spread.Name.Value) is { } found => Depth(found),
        _ => 0,
    };

    private int Depth(FragmentDefinitionNode fragment)
    {
        if (measured.TryGetValue(fragment, out var known)) return known;

        // A fragment met within itself counts nothing here; the circle is another rule's fault.
        measured[fragment] = 0;
        return measured[fragment] = Depth(fragment.SelectionSet);
    }

    private static bool IsList(FieldNode field) =>
        field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields";
}
