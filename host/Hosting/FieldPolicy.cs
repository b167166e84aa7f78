using System.Security.Claims;
using K12Hub.GraphQL.Security;

namespace K12Hub.Hosting;

/// <summary>Answers GraphQL's question "may this viewer see this field": with the permission of the policy's name, and
/// no in every other case.</summary>
internal sealed class FieldPolicy : IFieldAuthorization
{
    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Viewer.Has(user, policy));
}
