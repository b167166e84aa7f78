using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<StudentRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class StudentNode
{
    [NodeResolver]
    public static Task<StudentRow?> GetStudentAsync(Guid id, IStudentByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>E-mail address.</summary>
    /// <remarks>Filters by it are refused by the rows themselves, see <c>RosterAccess</c>.</remarks>
    [BindMember(nameof(StudentRow.Email)), Authorize(Policy = RosterPermissions.ReadContact)]
    public static string? Email([Parent(nameof(StudentRow.Email))] StudentRow student) => student.Email;

    /// <summary>Since when the source no longer sends the person; null while it does. Who is missing is in force until
    /// the days of grace are over.</summary>
    public static Task<DateTimeOffset?> GetMissingSinceAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, IMissingByPersonIdDataLoader missing,
        CancellationToken ct) =>
        missing.SinceAsync(student.Id, ct);

    /// <summary>What the district knows of the person that rosters have no place for; null when nothing is.</summary>
    public static Task<SupplementRow?> GetSupplementAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow person, ISupplementByPersonIdDataLoader supplements,
        IOverridesByPersonIdDataLoader overrides, CancellationToken ct) =>
        supplements.OfAsync(person.Id, overrides, ct);

    /// <summary>Fields of which the district says otherwise than the source; their values above are the
    /// district's.</summary>
    [ListSize(AssumedSize = 1)]
    public static async Task<IReadOnlyList<OverrideRow>> GetOverridesAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow person, IOverridesByPersonIdDataLoader overrides,
        CancellationToken ct) => await overrides.LoadAsync(person.Id, ct) ?? [];

    /// <summary>The person in all sources: each value from the one that has the say about it.</summary>
    public static async Task<Identity> GetIdentityAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow person, IIdentityByRecordIdDataLoader identities,
        CancellationToken ct) =>
        (await identities.LoadAsync(person.Id, ct))!; // There is one for every record.

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

    /// <summary>The homes of the student: one, or two of a child of two homes.</summary>
    [ListSize(AssumedSize = 2)]
    public static Task<Household[]> GetHouseholdsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, IHouseholdsByStudentIdDataLoader households,
        CancellationToken ct) => households.LoadAsync(student.Id, ct)!; // A lookup has a list for every key.

    /// <summary>Brothers and sisters, half ones too: students whom the same grown-up brings up, by name.</summary>
    [ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<StudentRow>> GetSiblingsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, QueryContext<StudentRow> query,
        ISiblingIdsByStudentIdDataLoader siblings, IStudentByIdDataLoader students, CancellationToken ct)
    {
        var loader = students.With(query.Include(x => x.FamilyName).Include(x => x.GivenName));
        var ids = await siblings.LoadAsync(student.Id, ct) ?? [];
        var found = await Task.WhenAll(ids.Select(id => loader.LoadAsync(id, ct)));
        return
        [
            .. found.OfType<StudentRow>().OrderBy(x => x.FamilyName, StringComparer.Ordinal)
                .ThenBy(x => x.GivenName, StringComparer.Ordinal),
        ];
    }

    /// <summary>Who may be contacted about the student, and in which order: those whom the district put first, then
    /// parents and guardians, then relatives, then others. Who must not be contacted is not among them.</summary>
    [ListSize(AssumedSize = 3)]
    public static async Task<IReadOnlyList<RelationRow>> GetContactsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, ITiesByStudentIdDataLoader ties,
        IPersonByIdDataLoader people, CancellationToken ct)
    {
        var around = (await ties.LoadAsync(student.Id, ct) ?? []).Where(tie => tie.MayContact).ToList();
        var who = await Task.WhenAll(around.Select(tie => people.LoadAsync(tie.GuardianId, ct)));
        return
        [
            .. around.Zip(who).Where(one => one.Second is { EndedAt: null })
                .OrderBy(one => one.First.Order).ThenBy(one => one.First.Rank)
                .ThenBy(one => one.Second!.FamilyName, StringComparer.Ordinal)
                .ThenBy(one => one.Second!.GivenName, StringComparer.Ordinal)
                .Select(one => one.First.Row),
        ];
    }

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

    /// <summary>What the family said of directory information; null when nothing was said.</summary>
    [Authorize(Policy = RosterPermissions.ReadDirectory)]
    public static Task<DirectoryChoiceRow?> GetDirectoryAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student, QueryContext<DirectoryChoiceRow> query,
        IDirectoryChoiceByStudentIdDataLoader choices, CancellationToken ct) =>
        choices.With(query).LoadAsync(student.Id, ct);
}
