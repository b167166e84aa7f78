using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class PersonLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, PersonRow>> GetPersonByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<PersonRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<PersonRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, StudentRow>> GetStudentByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<StudentRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<StudentRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, StaffMemberRow>> GetStaffMemberByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<StaffMemberRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<StaffMemberRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, GuardianRow>> GetGuardianByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<GuardianRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<GuardianRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<StudentRow>>> GetStudentsBySchoolIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<StudentRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<StudentRow>().InForce().Where(x => ids.Contains(x.SchoolId!.Value))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FamilyName).AddAscending(x => x.GivenName)))
            .ToBatchPageAsync(x => x.SchoolId!.Value, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<StaffMemberRow>>> GetStaffBySchoolIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<StaffMemberRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<StaffMemberRow>().InForce().Where(x => ids.Contains(x.SchoolId!.Value))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FamilyName).AddAscending(x => x.GivenName)))
            .ToBatchPageAsync(x => x.SchoolId!.Value, paging, ct);
}
