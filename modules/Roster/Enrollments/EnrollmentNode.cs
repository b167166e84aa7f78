using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<EnrollmentRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class EnrollmentNode
{
    [NodeResolver]
    public static Task<EnrollmentRow?> GetEnrollmentAsync(
        Guid id, IEnrollmentByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The class.</summary>
    [BindMember(nameof(EnrollmentRow.ClassId))]
    public static Task<ClassRow?> GetClassAsync(
        [Parent(nameof(EnrollmentRow.ClassId))] EnrollmentRow enrollment,
        QueryContext<ClassRow> query, IClassByIdDataLoader classes, CancellationToken ct) =>
        classes.With(query).LoadAsync(enrollment.ClassId, ct);

    /// <summary>The school.</summary>
    [BindMember(nameof(EnrollmentRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(EnrollmentRow.SchoolId))] EnrollmentRow enrollment,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        schools.With(query).LoadAsync(enrollment.SchoolId, ct);

    /// <summary>The person, in whatever role.</summary>
    [BindMember(nameof(EnrollmentRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(EnrollmentRow.PersonId))] EnrollmentRow enrollment,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(enrollment.PersonId, ct);

    /// <summary>The student; null where the part is another.</summary>
    public static Task<StudentRow?> GetStudentAsync(
        [Parent(nameof(EnrollmentRow.PersonId), nameof(EnrollmentRow.Role))] EnrollmentRow enrollment,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct) =>
        enrollment.Role == "student"
            ? students.With(query).LoadAsync(enrollment.PersonId, ct)
            : Task.FromResult<StudentRow?>(null);
}
