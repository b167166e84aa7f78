using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<SchoolRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class SchoolNode
{
    [NodeResolver]
    public static Task<SchoolRow?> GetSchoolAsync(Guid id, ISchoolByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The organization above, mostly the district.</summary>
    [BindMember(nameof(SchoolRow.ParentId))]
    public static Task<OrganizationRow?> GetParentAsync(
        [Parent(nameof(SchoolRow.ParentId))] SchoolRow school,
        QueryContext<OrganizationRow> query, IOrganizationByIdDataLoader organizations, CancellationToken ct) =>
        school.ParentId is { } id
            ? organizations.With(query).LoadAsync(id, ct)
            : Task.FromResult<OrganizationRow?>(null);

    /// <summary>The students whose main school it is, by name.</summary>
    [UseConnection, UseFiltering, UseSorting]
    public static async Task<Page<StudentRow>> GetStudentsAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school, PagingArguments paging,
        QueryContext<StudentRow> query, IStudentsBySchoolIdDataLoader students, CancellationToken ct) =>
        (await students.With(paging, query).LoadAsync(school.Id, ct)).OrEmpty();

    /// <summary>The staff whose main school it is, by name.</summary>
    [UseConnection, UseFiltering, UseSorting]
    public static async Task<Page<StaffMemberRow>> GetStaffAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school, PagingArguments paging,
        QueryContext<StaffMemberRow> query, IStaffBySchoolIdDataLoader staff, CancellationToken ct) =>
        (await staff.With(paging, query).LoadAsync(school.Id, ct)).OrEmpty();

    /// <summary>The classes taught in it, by title.</summary>
    [UseConnection, UseFiltering, UseSorting]
    public static async Task<Page<ClassRow>> GetClassesAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school, PagingArguments paging,
        QueryContext<ClassRow> query, IClassesBySchoolIdDataLoader classes, CancellationToken ct) =>
        (await classes.With(paging, query).LoadAsync(school.Id, ct)).OrEmpty();
}
