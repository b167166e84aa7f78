using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <content>Schemas, types, directives and their extensions (3).</content>
internal ref partial struct SyntaxReader
{
    private readonly bool AtTypeSystemKeyword() => At("type"u8) || At("input"u8) || At("enum"u8) || At("scalar"u8)
        || At("interface"u8) || At("union"u8) || At("schema"u8) || At("directive"u8);

    private TypeSystemDefinitionNode TypeSystemDefinition(int start, StringValueNode? description)
    {
        if (At("schema"u8)) return Schema(start, description, isExtension: false);
        if (At("directive"u8)) return DirectiveDefinition(start, description);

        return TypeDefinition(start, description, isExtension: false);
    }

    private TypeSystemDefinitionNode TypeSystemExtension(int start)
    {
        Advance();
        return At("schema"u8)
            ? Schema(start, null, isExtension: true)
            : TypeDefinition(start, null, isExtension: true);
    }

    private TypeDefinitionNode TypeDefinition(int start, StringValueNode? description, bool isExtension) =>
        At("type"u8) ? ObjectType(start, description, isExtension)
        : At("input"u8) ? InputObject(start, description, isExtension)
        : At("enum"u8) ? Enum(start, description, isExtension)
        : At("scalar"u8) ? Scalar(start, description, isExtension)
        : At("interface"u8) ? Interface(start, description, isExtension)
        : At("union"u8) ? Union(start, description, isExtension)
        : throw Unexpected();

    private SchemaDefinitionNode Schema(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var directives = Directives(isConstant: true);
        ImmutableArray<RootOperationTypeDefinitionNode> roots = isExtension && !At(TokenKind.OpenBrace)
            ? []
            : Many(
                TokenKind.OpenBrace,
                static (ref SyntaxReader reader) => reader.RootOperationType(),
                TokenKind.CloseBrace);
        RequireContent(isExtension, !directives.IsEmpty || !roots.IsEmpty);
        return new SchemaDefinitionNode(description, directives, roots, isExtension, From(start));
    }

    private RootOperationTypeDefinitionNode RootOperationType()
    {
        var start = lexer.Start;
        var operation = OperationKeyword();
        var name = Name();
        if (operation is null) throw Fail($"Unexpected name \"{name.Value}\".", start);
        Expect(TokenKind.Colon);
        var type = NamedType();
        return new RootOperationTypeDefinitionNode(operation.Value, type, From(start));
    }

    private ScalarTypeDefinitionNode Scalar(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var directives = Directives(isConstant: true);
        RequireContent(isExtension, !directives.IsEmpty);
        return new ScalarTypeDefinitionNode(description, name, directives, isExtension, From(start));
    }

    private ObjectTypeDefinitionNode ObjectType(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var interfaces = Interfaces();
        var directives = Directives(isConstant: true);
        var fields = FieldDefinitions();
        RequireContent(isExtension, !interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new ObjectTypeDefinitionNode(
            description, name, interfaces, directives, fields, isExtension, From(start));
    }

    private InterfaceTypeDefinitionNode Interface(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var interfaces = Interfaces();
        var directives = Directives(isConstant: true);
        var fields = FieldDefinitions();
        RequireContent(isExtension, !interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new InterfaceTypeDefinitionNode(
            description, name, interfaces, directives, fields, isExtension, From(start));
    }

    private ImmutableArray<NamedTypeNode> Interfaces() => Skip("implements"u8)
        ? Separated(TokenKind.Ampersand, static (ref SyntaxReader reader) => reader.NamedType())
        : [];

    private ImmutableArray<FieldDefinitionNode> FieldDefinitions() => OptionalMany(
        TokenKind.OpenBrace,
        static (ref SyntaxReader reader) => reader.FieldDefinition(),
        TokenKind.CloseBrace);

    private FieldDefinitionNode FieldDefinition()
    {
        var start = lexer.Start;
        var description = Description();
        var name = Name();
        var arguments = ArgumentDefinitions();
        Expect(TokenKind.Colon);
        var type = Type();
        var directives = Directives(isConstant: true);
        return new FieldDefinitionNode(description, name, arguments, type, directives, From(start));
    }

    private ImmutableArray<InputValueDefinitionNode> ArgumentDefinitions() => OptionalMany(
        TokenKind.OpenParenthesis,
        static (ref SyntaxReader reader) => reader.InputValueDefinition(),
        TokenKind.CloseParenthesis);

    private InputValueDefinitionNode InputValueDefinition()
    {
        var start = lexer.Start;
        var description = Description();
        var name = Name();
        Expect(TokenKind.Colon);
        var type = Type();
        var defaultValue = Skip(TokenKind.EqualsSign) ? Value(isConstant: true) : null;
        var directives = Directives(isConstant: true);
        return new InputValueDefinitionNode(description, name, type, defaultValue, directives, From(start));
    }

    private UnionTypeDefinitionNode Union(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var directives = Directives(isConstant: true);
        ImmutableArray<NamedTypeNode> types = Skip(TokenKind.EqualsSign)
            ? Separated(TokenKind.Pipe, static (ref SyntaxReader reader) => reader.NamedType())
            : [];
        RequireContent(isExtension, !directives.IsEmpty || !types.IsEmpty);
        return new UnionTypeDefinitionNode(description, name, directives, types, isExtension, From(start));
    }

    private EnumTypeDefinitionNode Enum(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var directives = Directives(isConstant: true);
        var values = OptionalMany(
            TokenKind.OpenBrace,
            static (ref SyntaxReader reader) => reader.EnumValueDefinition(),
            TokenKind.CloseBrace);
        RequireContent(isExtension, !directives.IsEmpty || !values.IsEmpty);
        return new EnumTypeDefinitionNode(description, name, directives, values, isExtension, From(start));
    }

    private EnumValueDefinitionNode EnumValueDefinition()
    {
        var start = lexer.Start;
        var description = Description();
        if (At("true"u8) || At("false"u8) || At("null"u8)) throw Fail($"An enum value cannot be {Found()}.");
        var name = Name();
        var directives = Directives(isConstant: true);
        return new EnumValueDefinitionNode(description, name, directives, From(start));
    }

    private InputObjectTypeDefinitionNode InputObject(int start, StringValueNode? description, bool isExtension)
    {
        Advance();
        var name = Name();
        var directives = Directives(isConstant: true);
        var fields = OptionalMany(
            TokenKind.OpenBrace,
            static (ref SyntaxReader reader) => reader.InputValueDefinition(),
            TokenKind.CloseBrace);
        RequireContent(isExtension, !directives.IsEmpty || !fields.IsEmpty);
        return new InputObjectTypeDefinitionNode(description, name, directives, fields, isExtension, From(start));
    }

    private DirectiveDefinitionNode DirectiveDefinition(int start, StringValueNode? description)
    {
        Advance();
        Expect(TokenKind.At);
        var name = Name();
        var arguments = ArgumentDefinitions();
        var isRepeatable = Skip("repeatable"u8);
        Expect("on"u8);
        var locations = Separated(TokenKind.Pipe, static (ref SyntaxReader reader) => reader.DirectiveLocation());
        return new DirectiveDefinitionNode(description, name, arguments, isRepeatable, locations, From(start));
    }

    private NameNode DirectiveLocation()
    {
        var name = Name();
        return DirectiveLocations.Names.Contains(name.Value)
            ? name
            : throw Fail($"Unknown directive location \"{name.Value}\".", name.Location.Start);
    }

    // "extend type A" alone says nothing; whatever follows is not what the grammar asks for.
    private readonly void RequireContent(bool isExtension, bool hasContent)
    {
        if (isExtension && !hasContent) throw Unexpected();
    }
}
