using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<OrganizationRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class OrganizationNode
{
    [NodeResolver]
    public static Task<OrganizationRow?> GetOrganizationAsync(
        Guid id, IOrganizationByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The organization above.</summary>
    [BindMember(nameof(OrganizationRow.ParentId))]
    public static Task<OrganizationRow?> GetParentAsync(
        [Parent(nameof(OrganizationRow.ParentId))] OrganizationRow organization,
        QueryContext<OrganizationRow> query, IOrganizationByIdDataLoader organizations, CancellationToken ct) =>
        organization.ParentId is { } id
            ? organizations.With(query).LoadAsync(id, ct)
            : Task.FromResult<OrganizationRow?>(null);

    /// <summary>The organizations directly below.</summary>
    [UseConnection, UseFiltering, UseSorting]
    public static async Task<Page<OrganizationRow>> GetChildrenAsync(
        [Parent(nameof(OrganizationRow.Id))] OrganizationRow organization, PagingArguments paging,
        QueryContext<OrganizationRow> query, IOrganizationsByParentIdDataLoader children, CancellationToken ct) =>
        (await children.With(paging, query).LoadAsync(organization.Id, ct)).OrEmpty();
}
