using System.Collections.Immutable;

namespace K12Hub.GraphQL.Language;

/// <summary>The kinds of nodes, named as the specification's grammar names them.</summary>
public enum SyntaxKind
{
#pragma warning disable CS1591 // The names are those of the grammar in chapter 2 and 3; a comment would repeat them.
    Name, Document, OperationDefinition, VariableDefinition, SelectionSet, Field, Argument, FragmentSpread,
    InlineFragment, FragmentDefinition, Variable, IntValue, FloatValue, StringValue, BooleanValue, NullValue,
    EnumValue, ListValue, ObjectValue, ObjectField, Directive, NamedType, ListType, NonNullType, SchemaDefinition,
    RootOperationTypeDefinition,
    ScalarTypeDefinition, ObjectTypeDefinition, FieldDefinition, InputValueDefinition, InterfaceTypeDefinition,
    UnionTypeDefinition, EnumTypeDefinition, EnumValueDefinition, InputObjectTypeDefinition, DirectiveDefinition,
    SchemaExtension, ScalarTypeExtension, ObjectTypeExtension, InterfaceTypeExtension, UnionTypeExtension,
    EnumTypeExtension, InputObjectTypeExtension,
#pragma warning restore CS1591
}

/// <summary>A node of the syntax tree. Nodes never change and compare by identity.</summary>
public abstract class SyntaxNode(Location location)
{
    /// <summary>Where the node stands.</summary>
    public Location Location { get; } = location;

    /// <summary>What the node is.</summary>
    public abstract SyntaxKind Kind { get; }

    /// <summary>The node as GraphQL text.</summary>
    public override string ToString() => Printer.Print(this);
}

/// <summary>A name ("Names").</summary>
public sealed class NameNode(string value, Location location = default) : SyntaxNode(location)
{
    /// <summary>The name's text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Name;
}

/// <summary>What directives can be applied to.</summary>
public interface IHasDirectives
{
    /// <summary>The directives applied here, in order.</summary>
    ImmutableArray<DirectiveNode> Directives { get; }
}
