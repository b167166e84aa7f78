using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class AcademicSessionQueries
{
    /// <summary>School years, semesters, terms and grading periods, by first day.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<AcademicSessionRow>> GetAcademicSessionsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<AcademicSessionRow> query, Rows db, CancellationToken ct) =>
        db.Of<AcademicSessionRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.StartDate)))
            .ToPageAsync(paging, ct);
}

[ObjectType<AcademicSessionRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class AcademicSessionNode
{
    [NodeResolver]
    public static Task<AcademicSessionRow?> GetAcademicSessionAsync(
        Guid id, IAcademicSessionByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The session this one is a part of.</summary>
    [BindMember(nameof(AcademicSessionRow.ParentId))]
    public static Task<AcademicSessionRow?> GetParentAsync(
        [Parent(nameof(AcademicSessionRow.ParentId))] AcademicSessionRow session,
        QueryContext<AcademicSessionRow> query, IAcademicSessionByIdDataLoader sessions, CancellationToken ct) =>
        session.ParentId is { } id
            ? sessions.With(query).LoadAsync(id, ct)
            : Task.FromResult<AcademicSessionRow?>(null);
}

internal static class AcademicSessionLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AcademicSessionRow>> GetAcademicSessionByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AcademicSessionRow> query, Rows db, CancellationToken ct) =>
        db.Of<AcademicSessionRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
