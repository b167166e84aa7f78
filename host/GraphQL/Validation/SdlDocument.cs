using System.Collections.Immutable;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>A schema text, looked at from the sides its rules ask for.</summary>
internal sealed class SdlDocument
{
    private static readonly ImmutableArray<DefinitionNode> BuiltIn = Parser.Parse(
        """
        directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @deprecated(reason: String! = "")
          on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        directive @specifiedBy(url: String!) on SCALAR
        directive @oneOf on INPUT_OBJECT
        """).Definitions;

    public SdlDocument(DocumentNode document)
    {
        Schemas = [.. document.Definitions.OfType<SchemaDefinitionNode>()];
        Types = [.. document.Definitions.OfType<TypeDefinitionNode>()];
        DirectiveDefinitions = [.. document.Definitions.OfType<DirectiveDefinitionNode>()];
        Applications = [.. ApplicationsOf(document).Where(application => !application.Directives.IsEmpty)];
        foreach (var directive in BuiltIn.Cast<DirectiveDefinitionNode>().Concat(DirectiveDefinitions))
        {
            DirectivesByName[directive.Name.Value] = directive;
        }
    }

    /// <summary>Schema definitions and extensions.</summary>
    public IReadOnlyList<SchemaDefinitionNode> Schemas { get; }

    /// <summary>Type definitions and extensions.</summary>
    public IReadOnlyList<TypeDefinitionNode> Types { get; }

    public IReadOnlyList<DirectiveDefinitionNode> DirectiveDefinitions { get; }

    /// <summary>The text's directives and the built-in ones.</summary>
    public Dictionary<string, DirectiveDefinitionNode> DirectivesByName { get; } = new(StringComparer.Ordinal);

    /// <summary>Every place that has directives.</summary>
    public IReadOnlyList<DirectiveApplication> Applications { get; }

    /// <summary>Every applied directive.</summary>
    public IEnumerable<DirectiveNode> AppliedDirectives =>
        Applications.SelectMany(application => application.Directives);

    /// <summary>Fields of objects and interfaces.</summary>
    public IEnumerable<FieldDefinitionNode> Fields => Types.SelectMany(type => FieldsOf(type));

    /// <summary>Arguments and input fields.</summary>
    public IEnumerable<InputValueDefinitionNode> InputValues =>
        Fields.SelectMany(definition => definition.Arguments)
            .Concat(DirectiveDefinitions.SelectMany(directive => directive.Arguments))
            .Concat(Types.OfType<InputObjectTypeDefinitionNode>().SelectMany(type => type.Fields));

    public static ImmutableArray<FieldDefinitionNode> FieldsOf(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode node => node.Fields,
        InterfaceTypeDefinitionNode node => node.Fields,
        _ => [],
    };

    /// <summary>Every place of type system definitions that can have directives.</summary>
    public static IEnumerable<DirectiveApplication> ApplicationsOf(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            switch (definition)
            {
                case SchemaDefinitionNode schema:
                    yield return new(schema, schema.Directives, DirectiveLocation.Schema);
                    break;
                case DirectiveDefinitionNode directive:
                    foreach (var found in Of(directive.Arguments, DirectiveLocation.ArgumentDefinition))
                    {
                        yield return found;
                    }
                    break;
                case TypeDefinitionNode type:
                    yield return new(type, type.Directives, LocationOf(type));
                    foreach (var found in Inside(type)) yield return found;
                    break;
            }
        }
    }

    private static IEnumerable<DirectiveApplication> Inside(TypeDefinitionNode type) => type switch
    {
        EnumTypeDefinitionNode node => node.Values.Select(
            value => new DirectiveApplication(value, value.Directives, DirectiveLocation.EnumValue)),
        InputObjectTypeDefinitionNode node => Of(node.Fields, DirectiveLocation.InputFieldDefinition),
        _ => FieldsOf(type).SelectMany(field => Of(field.Arguments, DirectiveLocation.ArgumentDefinition)
            .Prepend(new DirectiveApplication(field, field.Directives, DirectiveLocation.FieldDefinition))),
    };

    private static IEnumerable<DirectiveApplication> Of(
        ImmutableArray<InputValueDefinitionNode> inputs, DirectiveLocation location) =>
        inputs.Select(input => new DirectiveApplication(input, input.Directives, location));

    private static DirectiveLocation LocationOf(TypeDefinitionNode type) => type switch
    {
        ScalarTypeDefinitionNode => DirectiveLocation.Scalar,
        ObjectTypeDefinitionNode => DirectiveLocation.Object,
        InterfaceTypeDefinitionNode => DirectiveLocation.Interface,
        UnionTypeDefinitionNode => DirectiveLocation.Union,
        EnumTypeDefinitionNode => DirectiveLocation.Enum,
        _ => DirectiveLocation.InputObject,
    };
}

/// <summary>Directives at one place of a schema text.</summary>
internal readonly record struct DirectiveApplication(
    SyntaxNode Owner,
    ImmutableArray<DirectiveNode> Directives,
    DirectiveLocation Location);
