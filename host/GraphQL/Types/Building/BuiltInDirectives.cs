namespace K12Hub.GraphQL.Types;

/// <summary>The directives every schema has (3.13.1 to 3.13.5).</summary>
internal static class BuiltInDirectives
{
    public const string DefaultDeprecationReason = "No longer supported";

    private static readonly string[] Names = ["skip", "include", "deprecated", "specifiedBy", "oneOf"];

    /// <summary>Fresh definitions: their arguments are resolved with the schema they go into.</summary>
    public static IEnumerable<DirectiveDefinition> All => [Skip(), Include(), Deprecated(), SpecifiedBy(), OneOf()];

    public static bool IsBuiltIn(string name) => Names.Contains(name);

    private static DirectiveDefinition Skip() => new("skip")
    {
        IsBuiltIn = true,
        Description = "Leaves out the field or fragment when the condition holds.",
        Arguments = [new("if", "Boolean!") { Description = "Leave out when true." }],
        Locations = [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment],
    };

    private static DirectiveDefinition Include() => new("include")
    {
        IsBuiltIn = true,
        Description = "Takes in the field or fragment only when the condition holds.",
        Arguments = [new("if", "Boolean!") { Description = "Take in when true." }],
        Locations = [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment],
    };

    private static DirectiveDefinition Deprecated() => new("deprecated")
    {
        IsBuiltIn = true,
        Description = "Marks an element of the schema that should not be used any more.",
        Arguments =
        [
            new("reason", "String!")
            {
                Description = "Why, and what to use instead, in Markdown.",
                DefaultLiteral = $"\"{DefaultDeprecationReason}\"",
            },
        ],
        Locations =
        [
            DirectiveLocation.FieldDefinition, DirectiveLocation.ArgumentDefinition,
            DirectiveLocation.InputFieldDefinition, DirectiveLocation.EnumValue,
        ],
    };

    private static DirectiveDefinition SpecifiedBy() => new("specifiedBy")
    {
        IsBuiltIn = true,
        Description = "Says where the behaviour of a custom scalar is specified.",
        Arguments = [new("url", "String!") { Description = "Address of the specification." }],
        Locations = [DirectiveLocation.Scalar],
    };

    private static DirectiveDefinition OneOf() => new("oneOf")
    {
        IsBuiltIn = true,
        Description = "Says that exactly one field of the input object must be given, and not null.",
        Locations = [DirectiveLocation.InputObject],
    };
}
