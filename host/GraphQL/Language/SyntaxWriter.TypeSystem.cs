using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <content>Schemas, types and directives.</content>
internal sealed partial class SyntaxWriter
{
    private void TypeSystem(SyntaxNode node)
    {
        switch (node)
        {
            case SchemaDefinitionNode schema: Schema(schema); break;
            case RootOperationTypeDefinitionNode root:
                Text($"{Keyword(root.Operation)}: {root.Type.Name.Value}");
                break;
            case ScalarTypeDefinitionNode scalar: Head(scalar, "scalar"); break;
            case ObjectTypeDefinitionNode type: WithFields(type, "type", type.Interfaces, type.Fields); break;
            case InterfaceTypeDefinitionNode type: WithFields(type, "interface", type.Interfaces, type.Fields); break;
            case UnionTypeDefinitionNode union: Union(union); break;
            case EnumTypeDefinitionNode type: Head(type, "enum"); OptionalBraces(type.Values); break;
            case InputObjectTypeDefinitionNode type: Head(type, "input"); OptionalBraces(type.Fields); break;
            case FieldDefinitionNode field: FieldDefinition(field); break;
            case InputValueDefinitionNode input: InputValue(input); break;
            case EnumValueDefinitionNode value:
                Description(value.Description);
                Text(value.Name.Value);
                Directives(value.Directives);
                break;
            case DirectiveDefinitionNode directive: DirectiveDefinition(directive); break;
            default: throw new ArgumentException($"{node.Kind} cannot be printed.", nameof(node));
        }
    }

    private void Schema(SchemaDefinitionNode node)
    {
        Description(node.Description);
        Text(node.IsExtension ? "extend schema" : "schema");
        Directives(node.Directives);
        OptionalBraces(node.OperationTypes);
    }

    private void Head(TypeDefinitionNode node, string keyword, ImmutableArray<NamedTypeNode> interfaces = default)
    {
        Description(node.Description);
        Text($"{(node.IsExtension ? "extend " : "")}{keyword} {node.Name.Value}");
        if (!interfaces.IsDefaultOrEmpty)
        {
            Text($" implements {string.Join(" & ", interfaces.Select(i => i.Name.Value))}");
        }
        Directives(node.Directives);
    }

    private void WithFields(
        TypeDefinitionNode node,
        string keyword,
        ImmutableArray<NamedTypeNode> interfaces,
        ImmutableArray<FieldDefinitionNode> fields)
    {
        Head(node, keyword, interfaces);
        OptionalBraces(fields);
    }

    private void Union(UnionTypeDefinitionNode node)
    {
        Head(node, "union");
        if (!node.Types.IsEmpty) Text($" = {string.Join(" | ", node.Types.Select(type => type.Name.Value))}");
    }

    private void FieldDefinition(FieldDefinitionNode node)
    {
        Description(node.Description);
        Text(node.Name.Value);
        ArgumentDefinitions(node.Arguments);
        Text($": {Printer.PrintType(node.Type)}");
        Directives(node.Directives);
    }

    private void InputValue(InputValueDefinitionNode node)
    {
        Description(node.Description);
        Text($"{node.Name.Value}: {Printer.PrintType(node.Type)}");
        if (node.DefaultValue is { } value) Text($" = {ValuePrinter.Print(value)}");
        Directives(node.Directives);
    }

    private void DirectiveDefinition(DirectiveDefinitionNode node)
    {
        Description(node.Description);
        Text($"directive @{node.Name.Value}");
        ArgumentDefinitions(node.Arguments);
        if (node.IsRepeatable) Text(" repeatable");
        Text($" on {string.Join(" | ", node.Locations.Select(location => location.Value))}");
    }

    private void ArgumentDefinitions(ImmutableArray<InputValueDefinitionNode> arguments)
    {
        if (arguments.IsEmpty) return;

        // A description takes lines of its own; then so does every argument.
        var printed = arguments.Select(argument => new SyntaxWriter().Write(argument).ToString()).ToList();
        Text(printed.Exists(text => text.Contains('\n'))
            ? $"(\n{ValuePrinter.Indent(string.Join('\n', printed))}\n)"
            : $"({string.Join(", ", printed)})");
    }

    private void OptionalBraces<T>(ImmutableArray<T> nodes) where T : SyntaxNode
    {
        if (nodes.IsEmpty) return;
        Text(" ");
        Braces(nodes);
    }
}
