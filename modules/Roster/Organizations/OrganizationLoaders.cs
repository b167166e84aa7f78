using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class OrganizationLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, OrganizationRow>> GetOrganizationByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<OrganizationRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<OrganizationRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, SchoolRow>> GetSchoolByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<SchoolRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<SchoolRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<OrganizationRow>>> GetOrganizationsByParentIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<OrganizationRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<OrganizationRow>().InForce().Where(x => ids.Contains(x.ParentId!.Value))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Name)))
            .ToBatchPageAsync(x => x.ParentId!.Value, paging, ct);
}
