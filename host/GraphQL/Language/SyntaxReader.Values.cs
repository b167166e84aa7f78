namespace K12Hub.GraphQL.Language;

/// <content>Values, variables and type references ("Input Values" to "Type References").</content>
internal ref partial struct SyntaxReader
{
    public ValueNode Value(bool isConstant) => lexer.Kind switch
    {
        TokenKind.OpenBracket => List(isConstant),
        TokenKind.OpenBrace => Object(isConstant),
        TokenKind.IntValue or TokenKind.FloatValue => Number(),
        TokenKind.StringValue or TokenKind.BlockString => String(),
        TokenKind.Name => NamedValue(),
        TokenKind.Dollar when isConstant => throw Fail("A variable cannot stand in a constant value."),
        TokenKind.Dollar => Variable(),
        _ => throw Unexpected(),
    };

    public TypeNode Type()
    {
        var start = lexer.Start;
        TypeNode type;
        if (At(TokenKind.OpenBracket))
        {
            Enter();
            Advance();
            var item = Type();
            Expect(TokenKind.CloseBracket);
            Leave();
            type = new ListTypeNode(item, From(start));
        }
        else
        {
            type = NamedType();
        }

        return Skip(TokenKind.Bang) ? new NonNullTypeNode(type, From(start)) : type;
    }

    private NamedTypeNode NamedType()
    {
        var name = Name();
        return new NamedTypeNode(name, name.Location);
    }

    private VariableNode Variable()
    {
        var start = lexer.Start;
        Expect(TokenKind.Dollar);
        var name = Name();
        return new VariableNode(name, From(start));
    }

    private StringValueNode? Description() => AtString ? String() : null;

    private StringValueNode String()
    {
        var location = new Location(source, lexer.Start, lexer.End);
        var value = new StringValueNode(lexer.StringValue!, At(TokenKind.BlockString), location);
        Advance();
        return value;
    }

    private ValueNode Number()
    {
        var location = new Location(source, lexer.Start, lexer.End);
        var digits = System.Text.Encoding.ASCII.GetString(lexer.Bytes);
        ValueNode value = At(TokenKind.IntValue)
            ? new IntValueNode(digits, location)
            : new FloatValueNode(digits, location);
        Advance();
        return value;
    }

    private ValueNode NamedValue()
    {
        var location = new Location(source, lexer.Start, lexer.End);
        ValueNode value =
            At("true"u8) ? new BooleanValueNode(true, location)
            : At("false"u8) ? new BooleanValueNode(false, location)
            : At("null"u8) ? new NullValueNode(location)
            : new EnumValueNode(names.Get(lexer.Bytes), location);
        Advance();
        return value;
    }

    private ListValueNode List(bool isConstant)
    {
        Enter();
        var start = lexer.Start;
        var values = Any<ValueNode>(
            TokenKind.OpenBracket,
            isConstant
                ? static (ref SyntaxReader reader) => reader.Value(isConstant: true)
                : static (ref SyntaxReader reader) => reader.Value(isConstant: false),
            TokenKind.CloseBracket);
        Leave();
        return new ListValueNode(values, From(start));
    }

    private ObjectValueNode Object(bool isConstant)
    {
        Enter();
        var start = lexer.Start;
        var fields = Any<ObjectFieldNode>(
            TokenKind.OpenBrace,
            isConstant
                ? static (ref SyntaxReader reader) => reader.ObjectField(isConstant: true)
                : static (ref SyntaxReader reader) => reader.ObjectField(isConstant: false),
            TokenKind.CloseBrace);
        Leave();
        return new ObjectValueNode(fields, From(start));
    }

    private ObjectFieldNode ObjectField(bool isConstant)
    {
        var start = lexer.Start;
        var name = Name();
        Expect(TokenKind.Colon);
        var value = Value(isConstant);
        return new ObjectFieldNode(name, value, From(start));
    }
}
