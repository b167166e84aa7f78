using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class PeopleQueries
{
    /// <summary>Students, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<StudentRow>> GetStudentsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<StudentRow> query, Rows db, CancellationToken ct) =>
        db.Of<StudentRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FamilyName).AddAscending(x => x.GivenName)))
            .ToPageAsync(paging, ct);

    /// <summary>Teachers, principals, counselors and everybody else who works in the district, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<StaffMemberRow>> GetStaffAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<StaffMemberRow> query, Rows db, CancellationToken ct) =>
        db.Of<StaffMemberRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FamilyName).AddAscending(x => x.GivenName)))
            .ToPageAsync(paging, ct);

    /// <summary>Guardians, parents and relatives, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<GuardianRow>> GetGuardiansAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<GuardianRow> query, Rows db, CancellationToken ct) =>
        db.Of<GuardianRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FamilyName).AddAscending(x => x.GivenName)))
            .ToPageAsync(paging, ct);
}
