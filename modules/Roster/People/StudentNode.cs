using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<StudentRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class StudentNode
{
    [NodeResolver]
    public static Task<StudentRow?> GetStudentAsync(Guid id, IStudentByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>Since when the source no longer sends the person; null while it does. Who is missing is in force until
    /// the days of grace are over.</summary>
    public static Task<DateTimeOffset?> GetMissingSinceAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, IMissingByPersonIdDataLoader missing,
        CancellationToken ct) =>
        missing.SinceAsync(student.Id, ct);

    /// <summary>What the district knows of the person that rosters have no place for; null when nothing is.</summary>
    public static Task<SupplementRow?> GetSupplementAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow person, ISupplementByPersonIdDataLoader supplements,
        CancellationToken ct) =>
        supplements.LoadAsync(person.Id, ct);

    /// <summary>The main school.</summary>
    [BindMember(nameof(StudentRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(StudentRow.SchoolId))] StudentRow student,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        student.SchoolId is { } id ? schools.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);

    /// <summary>Guardians, parents and relatives the source relates to the student, by name.</summary>
    [ListSize(AssumedSize = 3)]
    public static Task<GuardianRow[]> GetGuardiansAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, QueryContext<GuardianRow> query,
        IGuardiansByStudentIdDataLoader guardians, CancellationToken ct) =>
        guardians.With(query).LoadAsync(student.Id, ct)!; // A lookup has a list for every key.

    /// <summary>How people belong to the student.</summary>
    [ListSize(AssumedSize = 3)]
    public static Task<RelationRow[]> GetRelationsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, IRelationsByStudentIdDataLoader relations,
        CancellationToken ct) => relations.LoadAsync(student.Id, ct)!;

    /// <summary>The student's parts in classes.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentRow>> GetEnrollmentsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, PagingArguments paging,
        QueryContext<EnrollmentRow> query, IEnrollmentsByPersonIdDataLoader enrollments, CancellationToken ct) =>
        (await enrollments.With(paging, query).LoadAsync(student.Id, ct)).OrEmpty();

    /// <summary>Birth, sex, race and ethnicity; needs a permission of its own.</summary>
    [Authorize(Policy = RosterPermissions.ReadDemographics)]
    public static Task<DemographicsRow?> GetDemographicsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student,
        QueryContext<DemographicsRow> query, IDemographicsByStudentIdDataLoader demographics, CancellationToken ct) =>
        demographics.With(query).LoadAsync(student.Id, ct);
}
