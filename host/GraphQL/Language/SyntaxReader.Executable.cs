using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <content>Documents, operations and fragments ("Document" to "Fragments", "Directives").</content>
internal ref partial struct SyntaxReader
{
    public DocumentNode Document()
    {
        var mark = pendingCount;
        do Keep(Definition());
        while (!At(TokenKind.EndOfText));
        return new DocumentNode(Take<DefinitionNode>(mark), From(0));
    }

    private DefinitionNode Definition()
    {
        var start = lexer.Start;
        if (At(TokenKind.OpenBrace)) return Shorthand(start);

        var description = Description();
        if (description is not null && At(TokenKind.OpenBrace))
        {
            throw Fail("The query shorthand cannot have a description. Write \"query\" before \"{\".", start);
        }

        if (!At(TokenKind.Name)) throw Unexpected();
        if (OperationKeyword() is { } operation) return Operation(start, description, operation);
        if (At("fragment"u8)) return Fragment(start, description);
        if (AtTypeSystemKeyword()) return TypeSystemDefinition(start, description);
        if (description is null) return At("extend"u8) ? TypeSystemExtension(start) : throw Unexpected();

        throw Fail("Only definitions have descriptions, neither extensions nor anything else.", start);
    }

    private OperationDefinitionNode Shorthand(int start)
    {
        var selections = SelectionSet();
        return new OperationDefinitionNode(null, OperationType.Query, null, [], [], selections, From(start));
    }

    private readonly OperationType? OperationKeyword() =>
        At("query"u8) ? OperationType.Query
        : At("mutation"u8) ? OperationType.Mutation
        : At("subscription"u8) ? OperationType.Subscription
        : null;

    private OperationDefinitionNode Operation(int start, StringValueNode? description, OperationType operation)
    {
        Advance();
        var name = At(TokenKind.Name) ? Name() : null;
        var variables = OptionalMany(
            TokenKind.OpenParenthesis,
            static (ref SyntaxReader reader) => reader.VariableDefinition(),
            TokenKind.CloseParenthesis);
        var directives = Directives(isConstant: false);
        var selections = SelectionSet();
        return new OperationDefinitionNode(
            description, operation, name, variables, directives, selections, From(start));
    }

    private VariableDefinitionNode VariableDefinition()
    {
        var start = lexer.Start;
        var description = Description();
        var variable = Variable();
        Expect(TokenKind.Colon);
        var type = Type();
        var defaultValue = Skip(TokenKind.EqualsSign) ? Value(isConstant: true) : null;
        var directives = Directives(isConstant: true);
        return new VariableDefinitionNode(description, variable, type, defaultValue, directives, From(start));
    }

    private SelectionSetNode SelectionSet()
    {
        Enter();
        var start = lexer.Start;
        var selections = Many(
            TokenKind.OpenBrace,
            static (ref SyntaxReader reader) => reader.Selection(),
            TokenKind.CloseBrace);
        Leave();
        return new SelectionSetNode(selections, From(start));
    }

    private SelectionNode Selection() => At(TokenKind.Spread) ? FragmentSelection() : Field();

    private FieldNode Field()
    {
        var start = lexer.Start;
        NameNode? alias = null;
        var name = Name();
        if (Skip(TokenKind.Colon)) (alias, name) = (name, Name());
        var arguments = Arguments(isConstant: false);
        var directives = Directives(isConstant: false);
        var selections = At(TokenKind.OpenBrace) ? SelectionSet() : null;
        return new FieldNode(alias, name, arguments, directives, selections, From(start));
    }

    private SelectionNode FragmentSelection()
    {
        var start = lexer.Start;
        Advance();
        if (At(TokenKind.Name) && !At("on"u8))
        {
            var name = Name();
            var spreadDirectives = Directives(isConstant: false);
            return new FragmentSpreadNode(name, spreadDirectives, From(start));
        }

        var condition = Skip("on"u8) ? NamedType() : null;
        var directives = Directives(isConstant: false);
        var selections = SelectionSet();
        return new InlineFragmentNode(condition, directives, selections, From(start));
    }

    private FragmentDefinitionNode Fragment(int start, StringValueNode? description)
    {
        Advance();
        if (At("on"u8)) throw Fail("A fragment cannot be named \"on\".");
        var name = Name();
        Expect("on"u8);
        var condition = NamedType();
        var directives = Directives(isConstant: false);
        var selections = SelectionSet();
        return new FragmentDefinitionNode(description, name, condition, directives, selections, From(start));
    }

    private ImmutableArray<DirectiveNode> Directives(bool isConstant)
    {
        if (!At(TokenKind.At)) return [];

        var mark = pendingCount;
        while (At(TokenKind.At))
        {
            if (pendingCount - mark == limits.MaxDirectives)
            {
                throw LimitExceeded(
                    $"More than {limits.MaxDirectives} directives at one place; that is the limit.",
                    new PassedLimit("directives", limits.MaxDirectives, limits.MaxDirectives + 1));
            }

            Keep(Directive(isConstant));
        }

        return Take<DirectiveNode>(mark);
    }

    private DirectiveNode Directive(bool isConstant)
    {
        var start = lexer.Start;
        Advance();
        var name = Name();
        var arguments = Arguments(isConstant);
        return new DirectiveNode(name, arguments, From(start));
    }

    private ImmutableArray<ArgumentNode> Arguments(bool isConstant) => OptionalMany<ArgumentNode>(
        TokenKind.OpenParenthesis,
        isConstant
            ? static (ref SyntaxReader reader) => reader.Argument(isConstant: true)
            : static (ref SyntaxReader reader) => reader.Argument(isConstant: false),
        TokenKind.CloseParenthesis);

    private ArgumentNode Argument(bool isConstant)
    {
        var start = lexer.Start;
        var name = Name();
        Expect(TokenKind.Colon);
        var value = Value(isConstant);
        return new ArgumentNode(name, value, From(start));
    }
}
