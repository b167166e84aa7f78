namespace K12Hub.GraphQL.Types;

/// <summary>What the builder hands to the schema.</summary>
internal sealed record SchemaParts(
    string? Description,
    ObjectType QueryType,
    ObjectType? MutationType,
    ObjectType? SubscriptionType,
    IReadOnlyList<TypeDefinition> Types,
    IReadOnlyList<DirectiveDefinition> Directives);
