using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class OrganizationQueries
{
    /// <summary>Districts, schools, departments and other units, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<OrganizationRow>> GetOrganizationsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<OrganizationRow> query, Rows db, CancellationToken ct) =>
        db.Of<OrganizationRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Name)))
            .ToPageAsync(paging, ct);

    /// <summary>Schools, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<SchoolRow>> GetSchoolsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<SchoolRow> query, Rows db, CancellationToken ct) =>
        db.Of<SchoolRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Name)))
            .ToPageAsync(paging, ct);
}
