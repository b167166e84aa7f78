using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<StaffMemberRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class StaffMemberNode
{
    [NodeResolver]
    public static Task<StaffMemberRow?> GetStaffMemberAsync(
        Guid id, IStaffMemberByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>Since when the source no longer sends the person; null while it does. Who is missing is in force until
    /// the days of grace are over.</summary>
    public static Task<DateTimeOffset?> GetMissingSinceAsync(
        [Parent(nameof(StaffMemberRow.Id))] StaffMemberRow person, IMissingByPersonIdDataLoader missing,
        CancellationToken ct) =>
        missing.SinceAsync(person.Id, ct);

    /// <summary>Fields of which the district says otherwise than the source; their values above are the
    /// district's.</summary>
    [ListSize(AssumedSize = 1)]
    public static async Task<IReadOnlyList<OverrideRow>> GetOverridesAsync(
        [Parent(nameof(StaffMemberRow.Id))] StaffMemberRow person, IOverridesByPersonIdDataLoader overrides,
        CancellationToken ct) => await overrides.LoadAsync(person.Id, ct) ?? [];

    /// <summary>The person in all sources: each value from the one that has the say about it.</summary>
    public static async Task<Identity> GetIdentityAsync(
        [Parent(nameof(StaffMemberRow.Id))] StaffMemberRow person, IIdentityByRecordIdDataLoader identities,
        CancellationToken ct) =>
        (await identities.LoadAsync(person.Id, ct))!; // There is one for every record.

    /// <summary>The main school; null for people of the district's offices.</summary>
    [BindMember(nameof(StaffMemberRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(StaffMemberRow.SchoolId))] StaffMemberRow person,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        person.SchoolId is { } id ? schools.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);

    /// <summary>What the person is, and where.</summary>
    [ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<RoleAssignmentRow>> GetRolesAsync(
        [Parent(nameof(StaffMemberRow.Id))] StaffMemberRow person, IRolesByPersonIdDataLoader roles,
        CancellationToken ct) => await roles.LoadAsync(person.Id, ct) ?? [];

    /// <summary>The person's parts in classes.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentRow>> GetEnrollmentsAsync(
        [Parent(nameof(StaffMemberRow.Id))] StaffMemberRow person, PagingArguments paging,
        QueryContext<EnrollmentRow> query, IEnrollmentsByPersonIdDataLoader enrollments, CancellationToken ct) =>
        (await enrollments.With(paging, query).LoadAsync(person.Id, ct)).OrEmpty();
}
