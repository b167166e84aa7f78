using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<ClassRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class ClassNode
{
    [NodeResolver]
    public static Task<ClassRow?> GetClassAsync(Guid id, IClassByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The school.</summary>
    [BindMember(nameof(ClassRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(ClassRow.SchoolId))] ClassRow group,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        schools.With(query).LoadAsync(group.SchoolId, ct);

    /// <summary>The course taught.</summary>
    [BindMember(nameof(ClassRow.CourseId))]
    public static Task<CourseRow?> GetCourseAsync(
        [Parent(nameof(ClassRow.CourseId))] ClassRow group,
        QueryContext<CourseRow> query, ICourseByIdDataLoader courses, CancellationToken ct) =>
        group.CourseId is { } id ? courses.With(query).LoadAsync(id, ct) : Task.FromResult<CourseRow?>(null);

    /// <summary>The terms it is taught in, by first day; a year before its terms.</summary>
    [ListSize(AssumedSize = 4)]
    public static async Task<IReadOnlyList<AcademicSessionRow>> GetTermsAsync(
        [Parent(nameof(ClassRow.TermIds))] ClassRow group,
        IAcademicSessionByIdDataLoader sessions, CancellationToken ct)
    {
        var terms = await Task.WhenAll(group.TermIds.Select(id => sessions.LoadAsync(id, ct)));
        return [.. terms.OfType<AcademicSessionRow>()
            .OrderBy(term => term.StartDate).ThenByDescending(term => term.EndDate)];
    }

    /// <summary>Who takes part in it, in whatever role.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentRow>> GetEnrollmentsAsync(
        [Parent(nameof(ClassRow.Id))] ClassRow group, PagingArguments paging,
        QueryContext<EnrollmentRow> query, IEnrollmentsByClassIdDataLoader enrollments, CancellationToken ct) =>
        (await enrollments.With(paging, query).LoadAsync(group.Id, ct)).OrEmpty();

    /// <summary>The parts of those who learn in it.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentRow>> GetStudentsAsync(
        [Parent(nameof(ClassRow.Id))] ClassRow group, PagingArguments paging,
        QueryContext<EnrollmentRow> query, IStudentsByClassIdDataLoader students, CancellationToken ct) =>
        (await students.With(paging, query).LoadAsync(group.Id, ct)).OrEmpty();

    /// <summary>The staff who teach it.</summary>
    [ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<StaffMemberRow>> GetTeachersAsync(
        [Parent(nameof(ClassRow.Id))] ClassRow group, ITeachersByClassIdDataLoader teachers, CancellationToken ct) =>
        await teachers.LoadAsync(group.Id, ct) ?? [];
}
