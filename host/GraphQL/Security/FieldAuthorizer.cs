using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Security;

/// <summary>The decisions of one request: every policy is asked once, and without somebody to ask the answer is
/// no.</summary>
internal sealed class FieldAuthorizer(GraphQLRequest request, CancellationToken aborted)
{
    private static readonly Task<bool> Denied = Task.FromResult(false);

    private readonly Dictionary<string, Task<bool>> decisions = [];
    private readonly IFieldAuthorization? authorization =
        request.Services.GetService(typeof(IFieldAuthorization)) as IFieldAuthorization;

    /// <summary>Asks, or returns the answer given before.</summary>
    public Task<bool> DecideAsync(string policy, string coordinate)
    {
        if (decisions.TryGetValue(policy, out var known)) return known;

        var decision = authorization is null ? Denied : AskAsync(authorization, policy, coordinate);
        decisions.Add(policy, decision);
        return decision;
    }

    /// <summary>What the caller is told.</summary>
    public GraphQLError Refusal() => request.User.Identity?.IsAuthenticated == true
        ? new GraphQLError("You are not allowed to use this field.") { Code = "AUTH_NOT_AUTHORIZED" }
        : new GraphQLError("Sign in to use this field.") { Code = "AUTH_NOT_AUTHENTICATED" };

    private async Task<bool> AskAsync(IFieldAuthorization asked, string policy, string coordinate) =>
        await asked.AuthorizeAsync(request.User, policy, coordinate, aborted).ConfigureAwait(false);
}
