using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Security;

/// <summary>Who may ask the schema about itself: everybody, those a policy allows, or nobody.</summary>
internal static class IntrospectionPolicy
{
    /// <summary>The code of the refusal.</summary>
    public const string Denied = "GRAPHQL_INTROSPECTION_DENIED";

    private const string Coordinate = "Query.__schema";

    public static async ValueTask<bool> AllowsAsync(RequestExecutorOptions options, FieldAuthorizer authorizer) =>
        options.AllowIntrospection
        || (options.IntrospectionPolicy is { } policy
            && await authorizer.DecideAsync(policy, [], Coordinate).ConfigureAwait(false));

    public static GraphQLError Refusal(FieldNode asked) => new("Introspection is not allowed.")
    {
        Code = Denied,
        Locations = [new ErrorLocation(asked.Location.Line, asked.Location.Column)],
    };
}
