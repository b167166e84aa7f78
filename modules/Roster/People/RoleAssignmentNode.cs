using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[ObjectType<RoleAssignmentRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class RoleAssignmentNode
{
    [NodeResolver]
    public static Task<RoleAssignmentRow?> GetRoleAssignmentAsync(
        Guid id, IRoleAssignmentByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(RoleAssignmentRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(RoleAssignmentRow.PersonId))] RoleAssignmentRow role,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(role.PersonId, ct);

    /// <summary>The organization.</summary>
    [BindMember(nameof(RoleAssignmentRow.OrganizationId))]
    public static Task<OrganizationRow?> GetOrganizationAsync(
        [Parent(nameof(RoleAssignmentRow.OrganizationId))] RoleAssignmentRow role,
        QueryContext<OrganizationRow> query, IOrganizationByIdDataLoader organizations, CancellationToken ct) =>
        organizations.With(query).LoadAsync(role.OrganizationId, ct);
}

internal static class RoleAssignmentLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, RoleAssignmentRow>> GetRoleAssignmentByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<RoleAssignmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<RoleAssignmentRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, RoleAssignmentRow[]>> GetRolesByPersonIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var roles = await db.Of<RoleAssignmentRow>().InForce().Where(x => ids.Contains(x.PersonId)).ToListAsync(ct);
        return roles.GroupBy(role => role.PersonId).ToDictionary(
            group => group.Key,
            group => group.OrderByDescending(role => role.IsPrimary).ThenBy(role => role.Role).ToArray());
    }
}
