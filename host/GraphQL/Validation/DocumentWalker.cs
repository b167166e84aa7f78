using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Walks the document once, keeps track of types, and tells every rule what it meets.</summary>
internal sealed class DocumentWalker(ValidationContext context, Rule[] rules)
{
    public void Walk()
    {
        var document = context.Document;
        foreach (var rule in rules) rule.EnterDocument(document);
        foreach (var definition in document.Definitions)
        {
            if (context.IsFull) return;
            if (definition is OperationDefinitionNode operation) Operation(operation);
            if (definition is FragmentDefinitionNode fragment) Fragment(fragment);
        }

        // Type system definitions cannot be executed, but what is wrong with their directives is said as well.
        foreach (var application in SdlDocument.ApplicationsOf(document))
        {
            Directives(application.Directives, application.Location);
        }
        foreach (var rule in rules) rule.LeaveDocument(document);
    }

    private void Operation(OperationDefinitionNode operation)
    {
        context.Current = context.UsesOf(operation);
        foreach (var rule in rules) rule.EnterOperation(operation);
        foreach (var variable in operation.VariableDefinitions) Variable(variable);
        Directives(operation.Directives, operation.Operation switch
        {
            OperationType.Query => DirectiveLocation.Query,
            OperationType.Mutation => DirectiveLocation.Mutation,
            _ => DirectiveLocation.Subscription,
        });
        SelectionSet(operation.SelectionSet, context.Schema.RootType(operation.Operation));
        foreach (var rule in rules) rule.LeaveOperation(operation);
    }

    private void Variable(VariableDefinitionNode variable)
    {
        foreach (var rule in rules) rule.EnterVariable(variable);
        TypeName(variable.Type);
        if (variable.DefaultValue is { } value)
        {
            var type = context.ResolveType(variable.Type);
            Value(value, type is { IsInputType: true } ? type : null, hasDefault: false);
        }

        Directives(variable.Directives, DirectiveLocation.VariableDefinition);
    }

    private void TypeName(TypeNode type)
    {
        var inner = type;
        while (inner is not NamedTypeNode)
        {
            inner = inner is ListTypeNode list ? list.Type : ((NonNullTypeNode)inner).Type;
        }
        foreach (var rule in rules) rule.EnterTypeName((NamedTypeNode)inner);
    }

    private void Fragment(FragmentDefinitionNode fragment)
    {
        context.Current = context.UsesOf(fragment);
        foreach (var rule in rules) rule.EnterFragment(fragment);
        TypeName(fragment.TypeCondition);
        Directives(fragment.Directives, DirectiveLocation.FragmentDefinition);
        SelectionSet(fragment.SelectionSet, Composite(fragment.TypeCondition));
    }

    private TypeDefinition? Composite(NamedTypeNode condition) =>
        context.Schema.FindType(condition.Name.Value) is { IsComposite: true } type ? type : null;

    private void SelectionSet(SelectionSetNode selections, TypeDefinition? parent)
    {
        context.ParentType = parent;
        foreach (var rule in rules) rule.EnterSelectionSet(selections);
        foreach (var selection in selections.Selections)
        {
            if (context.IsFull) return;
            context.ParentType = parent;
            switch (selection)
            {
                case FieldNode field: Field(field, parent); break;
                case FragmentSpreadNode spread: Spread(spread); break;
                case InlineFragmentNode inline: InlineFragment(inline, parent); break;
            }
        }
    }

    private void Field(FieldNode field, TypeDefinition? parent)
    {
        var definition = parent is null ? null : context.Schema.FindField(parent, field.Name.Value);
        context.Field = definition;
        foreach (var rule in rules) rule.EnterField(field);
        Arguments(field.Arguments, field, definition?.Arguments);
        Directives(field.Directives, DirectiveLocation.Field);
        if (field.SelectionSet is { } selections)
        {
            SelectionSet(selections, definition?.Type.NamedType is { IsComposite: true } type ? type : null);
        }

        context.ParentType = parent;
        context.Field = definition;
        foreach (var rule in rules) rule.LeaveField(field);
    }

    private void Spread(FragmentSpreadNode spread)
    {
        context.Current.Spreads.Add(spread);
        foreach (var rule in rules) rule.EnterSpread(spread);
        Directives(spread.Directives, DirectiveLocation.FragmentSpread);
    }

    private void InlineFragment(InlineFragmentNode inline, TypeDefinition? parent)
    {
        foreach (var rule in rules) rule.EnterInlineFragment(inline);
        if (inline.TypeCondition is { } condition) TypeName(condition);
        Directives(inline.Directives, DirectiveLocation.InlineFragment);
        SelectionSet(inline.SelectionSet, inline.TypeCondition is { } on ? Composite(on) : parent);
    }

    private void Directives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location)
    {
        if (directives.IsEmpty) return;

        foreach (var rule in rules) rule.EnterDirectives(directives, location);
        foreach (var directive in directives)
        {
            context.Directive = context.Schema.FindDirective(directive.Name.Value);
            Arguments(directive.Arguments, directive, context.Directive?.Arguments);
            context.Directive = null;
        }
    }

    private void Arguments(
        ImmutableArray<ArgumentNode> arguments,
        SyntaxNode owner,
        IReadOnlyList<InputValueDefinition>? definitions)
    {
        foreach (var rule in rules) rule.EnterArguments(arguments, owner);
        foreach (var argument in arguments)
        {
            var definition = definitions?.FirstOrDefault(candidate => candidate.Name == argument.Name.Value);
            Value(argument.Value, definition?.Type, definition?.DefaultValue is not null);
        }
    }

    private void Value(ValueNode value, IType? type, bool hasDefault)
    {
        foreach (var rule in rules) rule.EnterValue(value, type);
        Inside(value, type, hasDefault, isOneOf: false);
    }

    private void Inside(ValueNode value, IType? type, bool hasDefault, bool isOneOf)
    {
        switch (value)
        {
            case VariableNode variable:
                context.Current.Variables.Add(new VariableUse(variable, type, hasDefault, isOneOf));
                break;
            case ListValueNode list:
                // A list literal where no list is expected is the fault of another rule; its items have no type.
                var itemType = (type?.Nullable as ListType)?.OfType;
                foreach (var item in list.Values) Inside(item, itemType, hasDefault: false, isOneOf: false);
                break;
            case ObjectValueNode fields:
                foreach (var rule in rules) rule.EnterObject(fields);
                var input = type?.NamedType as InputObjectType;
                foreach (var field in fields.Fields)
                {
                    var definition = input?.FindField(field.Name.Value);
                    Inside(
                        field.Value,
                        definition?.Type,
                        definition?.DefaultValue is not null,
                        input?.IsOneOf ?? false);
                }

                break;
        }
    }
}
