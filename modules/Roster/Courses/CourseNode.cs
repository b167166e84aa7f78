using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class CourseQueries
{
    /// <summary>Courses of study, by title.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<CourseRow>> GetCoursesAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<CourseRow> query, Rows db, CancellationToken ct) =>
        db.Of<CourseRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Title)))
            .ToPageAsync(paging, ct);
}

[ObjectType<CourseRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class CourseNode
{
    [NodeResolver]
    public static Task<CourseRow?> GetCourseAsync(Guid id, ICourseByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The organization that offers it.</summary>
    [BindMember(nameof(CourseRow.OrganizationId))]
    public static Task<OrganizationRow?> GetOrganizationAsync(
        [Parent(nameof(CourseRow.OrganizationId))] CourseRow course,
        QueryContext<OrganizationRow> query, IOrganizationByIdDataLoader organizations, CancellationToken ct) =>
        course.OrganizationId is { } id
            ? organizations.With(query).LoadAsync(id, ct)
            : Task.FromResult<OrganizationRow?>(null);

    /// <summary>The school year it is offered in.</summary>
    [BindMember(nameof(CourseRow.SchoolYearId))]
    public static Task<AcademicSessionRow?> GetSchoolYearAsync(
        [Parent(nameof(CourseRow.SchoolYearId))] CourseRow course,
        QueryContext<AcademicSessionRow> query, IAcademicSessionByIdDataLoader sessions, CancellationToken ct) =>
        course.SchoolYearId is { } id
            ? sessions.With(query).LoadAsync(id, ct)
            : Task.FromResult<AcademicSessionRow?>(null);

    /// <summary>The classes it is taught in, by title.</summary>
    [UseConnection, UseFiltering, UseSorting]
    public static async Task<Page<ClassRow>> GetClassesAsync(
        [Parent(nameof(CourseRow.Id))] CourseRow course, PagingArguments paging,
        QueryContext<ClassRow> query, IClassesByCourseIdDataLoader classes, CancellationToken ct) =>
        (await classes.With(paging, query).LoadAsync(course.Id, ct)).OrEmpty();
}

internal static class CourseLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, CourseRow>> GetCourseByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<CourseRow> query, Rows db, CancellationToken ct) =>
        db.Of<CourseRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
