using System.Security.Claims;
using K12Hub.GraphQL.Security;

namespace K12Hub.Hosting;

/// <summary>Answers GraphQL's question "may this viewer see this field": with the permission of the policy's name, and
/// no in every other case. Which objects the viewer reaches with it, the query of their rows says.</summary>
internal sealed class FieldPolicy(PermissionCatalog permissions) : IFieldAuthorization
{
    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken)
    {
        var reach = Viewer.ReachOf(user, policy);
        return ValueTask.FromResult(reach.IsDistrict || IsLimited(policy, reach));
    }

    // What is behind a permission for the whole district does not ask how far it goes.
    private bool IsLimited(string policy, Reach reach) =>
        reach.Kind != ReachKind.None && permissions.Find(policy)?.Allows(reach.Kind) is true;
}
