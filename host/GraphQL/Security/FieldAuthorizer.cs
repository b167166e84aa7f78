using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>The decisions of one request: every policy is asked once, and without somebody to ask the answer is
/// no.</summary>
internal sealed class FieldAuthorizer(GraphQLRequest request, CancellationToken aborted)
{
    private static readonly Task<bool> Denied = Task.FromResult(false);
    private static readonly Task<bool> Allowed = Task.FromResult(true);

    private readonly Dictionary<string, Task<bool>> decisions = [];
    private readonly IFieldAuthorization? authorization =
        request.Services.GetService(typeof(IFieldAuthorization)) as IFieldAuthorization;

    private bool IsSignedIn => request.User.Identity?.IsAuthenticated == true;

    /// <summary>Asks about a field, or returns the answer given before.</summary>
    public Task<bool> DecideAsync(FieldDefinition field) =>
        DecideAsync(field.Policy!, field.Roles, field.Coordinate);

    /// <summary>Asks, or returns the answer given before.</summary>
    /// <param name="policy">The policy; empty for being signed in.</param>
    /// <param name="roles">Roles of which one is needed; none for any.</param>
    /// <param name="coordinate">What needs the answer, for logs.</param>
    public Task<bool> DecideAsync(string policy, IReadOnlyList<string> roles, string coordinate)
    {
        if (!HasOneOf(roles)) return Denied;
        if (policy.Length == 0) return IsSignedIn ? Allowed : Denied;
        if (decisions.TryGetValue(policy, out var known)) return known;

        var decision = authorization is null ? Denied : AskAsync(authorization, policy, coordinate);
        decisions.Add(policy, decision);
        return decision;
    }

    /// <summary>Asks about the value a field has found.</summary>
    public async ValueTask<bool> DecideAsync(FieldDefinition field, object? value)
    {
        if (!HasOneOf(field.Roles)) return false;
        if (field.Policy!.Length == 0) return IsSignedIn;
        return authorization is not null && await authorization
            .AuthorizeAsync(request.User, field.Policy, field.Coordinate, value, aborted).ConfigureAwait(false);
    }

    /// <summary>What the caller is told.</summary>
    /// <param name="what">What was asked for, such as "use this field".</param>
    public GraphQLError Refusal(string what = "use this field") => IsSignedIn
        ? new GraphQLError($"You are not allowed to {what}.") { Code = "AUTH_NOT_AUTHORIZED" }
        : new GraphQLError($"Sign in to {what}.") { Code = "AUTH_NOT_AUTHENTICATED" };

    private bool HasOneOf(IReadOnlyList<string> roles)
    {
        foreach (var role in roles)
        {
            if (request.User.IsInRole(role)) return true;
        }

        return roles.Count == 0;
    }

    private async Task<bool> AskAsync(IFieldAuthorization asked, string policy, string coordinate) =>
        await asked.AuthorizeAsync(request.User, policy, coordinate, aborted).ConfigureAwait(false);
}
