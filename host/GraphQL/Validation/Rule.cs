using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>One rule of chapter 5. It hears what the walk meets and reports what it forbids.</summary>
internal abstract class Rule(ValidationContext context)
{
    /// <summary>The rule's name: that of its class.</summary>
    public string Name => GetType().Name;

    protected ValidationContext Context { get; } = context;

    public virtual void EnterDocument(DocumentNode document)
    {
    }

    public virtual void LeaveDocument(DocumentNode document)
    {
    }

    public virtual void EnterOperation(OperationDefinitionNode operation)
    {
    }

    public virtual void LeaveOperation(OperationDefinitionNode operation)
    {
    }

    public virtual void EnterFragment(FragmentDefinitionNode fragment)
    {
    }

    public virtual void EnterVariable(VariableDefinitionNode variable)
    {
    }

    public virtual void EnterSelectionSet(SelectionSetNode selections)
    {
    }

    public virtual void EnterField(FieldNode field)
    {
    }

    public virtual void LeaveField(FieldNode field)
    {
    }

    public virtual void EnterSpread(FragmentSpreadNode spread)
    {
    }

    public virtual void EnterInlineFragment(InlineFragmentNode fragment)
    {
    }

    public virtual void EnterDirectives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location)
    {
    }

    /// <summary>The arguments of a field or directive.</summary>
    public virtual void EnterArguments(ImmutableArray<ArgumentNode> arguments, SyntaxNode owner)
    {
    }

    /// <summary>A whole value: of an argument, or a default.</summary>
    public virtual void EnterValue(ValueNode value, IType? type)
    {
    }

    /// <summary>An input object, at any depth of a value.</summary>
    public virtual void EnterObject(ObjectValueNode value)
    {
    }

    /// <summary>A named type in a type condition or a variable's type.</summary>
    public virtual void EnterTypeName(NamedTypeNode type)
    {
    }

    protected void Report(string message, params IEnumerable<SyntaxNode?> nodes) =>
        Context.Report(this, message, nodes);
}
