using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <summary>What the caller is told when a resolver gives what the schema does not allow. No sentence says the value,
/// which the caller might not be meant to see.</summary>
internal static class ResultErrors
{
    /// <summary>Null where the schema allows none.</summary>
    public const string NullCode = "GRAPHQL_NULL";

    /// <summary>A value that its type cannot represent.</summary>
    public const string ValueCode = "GRAPHQL_RESULT";

    public static GraphQLError Null(FieldDefinition field) =>
        new($"Cannot return null for non-nullable field {field.Coordinate}.") { Code = NullCode };

    public static GraphQLError NoList(FieldDefinition field) =>
        Value($"Expected a list for field \"{field.Coordinate}\".");

    public static GraphQLError NoValueOf(EnumType type) =>
        Value($"Enum \"{type}\" has no name for what was returned.");

    /// <summary>A value that does not fit, for a reason that the type or scalar gives.</summary>
    public static GraphQLError Value(string reason) => new(reason) { Code = ValueCode };
}
