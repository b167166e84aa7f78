using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class ClassQueries
{
    /// <summary>Classes, by title.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<ClassRow>> GetClassesAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<ClassRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClassRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Title)))
            .ToPageAsync(paging, ct);
}

internal static class ClassLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, ClassRow>> GetClassByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<ClassRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClassRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<ClassRow>>> GetClassesBySchoolIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<ClassRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClassRow>().InForce().Where(x => ids.Contains(x.SchoolId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Title)))
            .ToBatchPageAsync(x => x.SchoolId, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<ClassRow>>> GetClassesByCourseIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<ClassRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClassRow>().InForce().Where(x => ids.Contains(x.CourseId!.Value))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Title)))
            .ToBatchPageAsync(x => x.CourseId!.Value, paging, ct);
}
