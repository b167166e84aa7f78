using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <summary>A whole document ("Document").</summary>
public sealed class DocumentNode(
    ImmutableArray<DefinitionNode> definitions,
    Location location = default) : SyntaxNode(location)
{
    /// <summary>Operations, fragments and type system definitions, in order.</summary>
    public ImmutableArray<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>
    /// The fragment of that name; null when the document has none. The last counts where two share a name.
    /// </summary>
    public FragmentDefinitionNode? FindFragment(string name) =>
        (fragments ??= IndexFragments()).GetValueOrDefault(name);

    private Dictionary<string, FragmentDefinitionNode>? fragments;

    private Dictionary<string, FragmentDefinitionNode> IndexFragments()
    {
        var index = new Dictionary<string, FragmentDefinitionNode>(StringComparer.Ordinal);
        foreach (var definition in Definitions)
        {
            if (definition is FragmentDefinitionNode fragment) index[fragment.Name.Value] = fragment;
        }

        return index;
    }

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Document;
}

/// <summary>What a document consists of: executable definitions and type system definitions.</summary>
public abstract class DefinitionNode(Location location) : SyntaxNode(location);

/// <summary>An operation or a fragment: what can be executed.</summary>
public abstract class ExecutableDefinitionNode(Location location) : DefinitionNode(location), IHasDirectives
{
    /// <summary>The description before the definition; null without one.</summary>
    public abstract StringValueNode? Description { get; }

    /// <inheritdoc/>
    public abstract ImmutableArray<DirectiveNode> Directives { get; }

    /// <summary>What is selected.</summary>
    public abstract SelectionSetNode SelectionSet { get; }
}

/// <summary>The three operation types ("Operations").</summary>
public enum OperationType
{
    /// <summary>A read-only fetch.</summary>
    Query,

    /// <summary>A write followed by a fetch.</summary>
    Mutation,

    /// <summary>A long-lived request that fetches data in response to events.</summary>
    Subscription,
}

/// <summary>A query, mutation or subscription ("Operations").</summary>
public sealed class OperationDefinitionNode(
    StringValueNode? description,
    OperationType operation,
    NameNode? name,
    ImmutableArray<VariableDefinitionNode> variableDefinitions,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    Location location = default) : ExecutableDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <summary>Which of the three.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>Null for an anonymous operation.</summary>
    public NameNode? Name { get; } = name;

    /// <summary>The declared variables.</summary>
    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; } = variableDefinitions;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <summary>Whether this is the query shorthand: nothing but a selection set.</summary>
    public bool IsShorthand => Operation is OperationType.Query && Name is null && Description is null
        && VariableDefinitions.IsEmpty && Directives.IsEmpty;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.OperationDefinition;
}

/// <summary>Declares a variable with type, default and directives ("Variables").</summary>
public sealed class VariableDefinitionNode(
    StringValueNode? description,
    VariableNode variable,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives,
    Location location = default) : SyntaxNode(location), IHasDirectives
{
    /// <summary>The description before the variable; null without one.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The variable.</summary>
    public VariableNode Variable { get; } = variable;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>A constant; null when there is no default.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <inheritdoc/>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.VariableDefinition;
}

/// <summary>Fields and fragments between braces ("Selection Sets").</summary>
public sealed class SelectionSetNode(
    ImmutableArray<SelectionNode> selections,
    Location location = default) : SyntaxNode(location)
{
    /// <summary>At least one.</summary>
    public ImmutableArray<SelectionNode> Selections { get; } = selections;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SelectionSet;
}

/// <summary>A field, a fragment spread or an inline fragment.</summary>
public abstract class SelectionNode(Location location) : SyntaxNode(location), IHasDirectives
{
    /// <inheritdoc/>
    public abstract ImmutableArray<DirectiveNode> Directives { get; }
}

/// <summary>Asks for one field ("Fields").</summary>
public sealed class FieldNode(
    NameNode? alias,
    NameNode name,
    ImmutableArray<ArgumentNode> arguments,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode? selectionSet,
    Location location = default) : SelectionNode(location)
{
    /// <summary>The name wanted in the response; null when it is the field's.</summary>
    public NameNode? Alias { get; } = alias;

    /// <summary>The field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The arguments given.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>What is selected of the field's value; null for leaves.</summary>
    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The key in the response: alias, else name ("Field Alias").</summary>
    public string ResponseName => (Alias ?? Name).Value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Field;
}

/// <summary>An argument of a field or directive ("Arguments").</summary>
public sealed class ArgumentNode(NameNode name, ValueNode value, Location location = default) : SyntaxNode(location)
{
    /// <summary>The argument's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The value given.</summary>
    public ValueNode Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Argument;
}

/// <summary>Includes a named fragment ("Fragments").</summary>
public sealed class FragmentSpreadNode(
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    Location location = default) : SelectionNode(location)
{
    /// <summary>The fragment's name.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentSpread;
}

/// <summary>A selection set with an optional type condition ("Inline Fragments").</summary>
public sealed class InlineFragmentNode(
    NamedTypeNode? typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    Location location = default) : SelectionNode(location)
{
    /// <summary>Null when it applies to the enclosing type.</summary>
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>What is selected.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InlineFragment;
}

/// <summary>A named selection set ("Fragments").</summary>
public sealed class FragmentDefinitionNode(
    StringValueNode? description,
    NameNode name,
    NamedTypeNode typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    Location location = default) : ExecutableDefinitionNode(location)
{
    /// <inheritdoc/>
    public override StringValueNode? Description { get; } = description;

    /// <summary>The fragment's name, never "on".</summary>
    public NameNode Name { get; } = name;

    /// <summary>The type it applies to.</summary>
    public NamedTypeNode TypeCondition { get; } = typeCondition;

    /// <inheritdoc/>
    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentDefinition;
}

/// <summary>A directive applied to something ("Directives").</summary>
public sealed class DirectiveNode(
    NameNode name,
    ImmutableArray<ArgumentNode> arguments,
    Location location = default) : SyntaxNode(location)
{
    /// <summary>The directive's name, without "@".</summary>
    public NameNode Name { get; } = name;

    /// <summary>The arguments given.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Directive;
}
