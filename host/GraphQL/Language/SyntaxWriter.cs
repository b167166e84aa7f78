using System.Collections.Immutable;
using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>Collects the text of definitions and selections.</summary>
internal sealed partial class SyntaxWriter
{
    private readonly StringBuilder output = new();
    private string indent = "";

    public override string ToString() => output.ToString();

    public SyntaxWriter Write(SyntaxNode node)
    {
        switch (node)
        {
            case DocumentNode document: Blocks(document.Definitions, "\n\n"); break;
            case OperationDefinitionNode operation: Operation(operation); break;
            case FragmentDefinitionNode fragment: Fragment(fragment); break;
            case VariableDefinitionNode variable: VariableDefinition(variable); break;
            case SelectionSetNode selections: SelectionSet(selections); break;
            case SelectionNode selection: Selection(selection); break;
            case DirectiveNode directive: Text(Directive(directive)); break;
            case ArgumentNode argument: Text(Argument(argument)); break;
            case ObjectFieldNode field: Text(ValuePrinter.Field(field)); break;
            case NameNode name: Text(name.Value); break;
            case ValueNode or TypeNode: Text(Printer.Print(node)); break;
            default: TypeSystem(node); break;
        }

        return this;
    }

    private void Operation(OperationDefinitionNode node)
    {
        if (!node.IsShorthand)
        {
            Description(node.Description);
            Text(Keyword(node.Operation));
            if (node.Name is not null || !node.VariableDefinitions.IsEmpty) Text(" ");
            Text(node.Name?.Value ?? "");
            VariableDefinitions(node.VariableDefinitions);
            Directives(node.Directives);
            Text(" ");
        }

        SelectionSet(node.SelectionSet);
    }

    private void VariableDefinitions(ImmutableArray<VariableDefinitionNode> variables)
    {
        if (variables.IsEmpty) return;

        // A description, or a default too long for a line, takes lines of its own; then so does every variable.
        var printed = variables.Select(variable => new SyntaxWriter().Write(variable).ToString()).ToList();
        var many = printed.Exists(text => text.Contains('\n'));
        Text(many ? $"(\n{string.Join('\n', printed)}\n)" : $"({string.Join(", ", printed)})");
    }

    private void VariableDefinition(VariableDefinitionNode node)
    {
        Description(node.Description);
        Text($"${node.Variable.Name.Value}: {Printer.PrintType(node.Type)}");
        if (node.DefaultValue is { } value) Text($" = {ValuePrinter.Print(value)}");
        Directives(node.Directives);
    }

    private void Fragment(FragmentDefinitionNode node)
    {
        Description(node.Description);
        Text($"fragment {node.Name.Value} on {node.TypeCondition.Name.Value}");
        Directives(node.Directives);
        Text(" ");
        SelectionSet(node.SelectionSet);
    }

    private void SelectionSet(SelectionSetNode node) => Braces(node.Selections);

    private void Selection(SelectionNode node)
    {
        switch (node)
        {
            case FieldNode field: Field(field); break;
            case FragmentSpreadNode spread:
                Text($"...{spread.Name.Value}");
                Directives(spread.Directives);
                break;
            case InlineFragmentNode inline:
                Text(inline.TypeCondition is { } on ? $"... on {on.Name.Value}" : "...");
                Directives(inline.Directives);
                Text(" ");
                SelectionSet(inline.SelectionSet);
                break;
        }
    }

    private void Field(FieldNode node)
    {
        var name = node.Alias is { } alias ? $"{alias.Value}: {node.Name.Value}" : node.Name.Value;
        var arguments = node.Arguments.Select(Argument).ToList();
        var line = arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";
        Text(line.Length > ValuePrinter.LongestLine && arguments.Count > 0
            ? $"{name}(\n{ValuePrinter.Indent(string.Join('\n', arguments))}\n)"
            : line);
        Directives(node.Directives);
        if (node.SelectionSet is null) return;

        Text(" ");
        SelectionSet(node.SelectionSet);
    }

    private void Directives(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives) Text($" {Directive(directive)}");
    }

    private static string Directive(DirectiveNode node) => node.Arguments.IsEmpty
        ? $"@{node.Name.Value}"
        : $"@{node.Name.Value}({string.Join(", ", node.Arguments.Select(Argument))})";

    private static string Argument(ArgumentNode node) => $"{node.Name.Value}: {ValuePrinter.Print(node.Value)}";

    private static string Keyword(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };

    private void Description(StringValueNode? description)
    {
        if (description is not null) Text(ValuePrinter.Print(description) + "\n");
    }

    private void Braces<T>(ImmutableArray<T> nodes) where T : SyntaxNode
    {
        output.Append('{');
        var outer = indent;
        indent += "  ";
        Text("\n");
        Blocks(nodes, "\n");
        indent = outer;
        Text("\n}");
    }

    private void Blocks<T>(ImmutableArray<T> nodes, string separator) where T : SyntaxNode
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (i > 0) Text(separator);
            Write(nodes[i]);
        }
    }

    private void Text(string text)
    {
        output.Append(indent.Length == 0 ? text : text.Replace("\n", "\n" + indent, StringComparison.Ordinal));
    }
}
