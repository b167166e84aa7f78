using System.Collections.Immutable;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Planning;

/// <summary>Finds the variables that decide what an operation selects: those in @skip(if:) and @include(if:).</summary>
internal sealed class ConditionVariables(DocumentNode document)
{
    private readonly SortedSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> visitedFragments = [];

    public static string[] Of(DocumentNode document, OperationDefinitionNode operation)
    {
        var search = new ConditionVariables(document);
        search.Visit(operation.SelectionSet);
        return [.. search.names];
    }

    private void Visit(SelectionSetNode? set)
    {
        if (set is null) return;
        foreach (var selection in set.Selections)
        {
            Note(selection.Directives);
            switch (selection)
            {
                case FieldNode field:
                    Visit(field.SelectionSet);
                    break;
                case InlineFragmentNode inline:
                    Visit(inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when visitedFragments.Add(spread.Name.Value):
                    Visit(document.FindFragment(spread.Name.Value)?.SelectionSet);
                    break;
            }
        }
    }

    private void Note(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value is not ("skip" or "include")) continue;
            if (directive.Arguments is [{ Value: VariableNode variable }]) names.Add(variable.Name.Value);
        }
    }
}
