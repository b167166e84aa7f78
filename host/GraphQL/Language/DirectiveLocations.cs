namespace K12Hub.GraphQL.Language;

/// <summary>
/// The names of the places a directive can stand at (3.13): eight executable, eleven of the type system.
/// </summary>
public static class DirectiveLocations
{
    /// <summary>All names, in the specification's order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ];
}
