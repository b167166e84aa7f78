using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class EnrollmentQueries
{
    /// <summary>People's parts in classes.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<EnrollmentRow>> GetEnrollmentsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<EnrollmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<EnrollmentRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToPageAsync(paging, ct);
}

internal static class EnrollmentLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, EnrollmentRow>> GetEnrollmentByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<EnrollmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<EnrollmentRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<EnrollmentRow>>> GetEnrollmentsByPersonIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<EnrollmentRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<EnrollmentRow>().InForce().Where(x => ids.Contains(x.PersonId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToBatchPageAsync(x => x.PersonId, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<EnrollmentRow>>> GetEnrollmentsByClassIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<EnrollmentRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<EnrollmentRow>().InForce().Where(x => ids.Contains(x.ClassId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToBatchPageAsync(x => x.ClassId, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<EnrollmentRow>>> GetStudentsByClassIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<EnrollmentRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<EnrollmentRow>().InForce().Where(x => ids.Contains(x.ClassId) && x.Role == "student")
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToBatchPageAsync(x => x.ClassId, paging, ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, StaffMemberRow[]>> GetTeachersByClassIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var context = db.Open();
        var pairs = await context.Of<EnrollmentRow>().InForce()
            .Where(enrollment => ids.Contains(enrollment.ClassId) && enrollment.Role == "teacher")
            .Join(
                context.Of<StaffMemberRow>(), enrollment => enrollment.PersonId, person => person.Id,
                (enrollment, person) => new { enrollment.ClassId, enrollment.IsPrimary, Person = person })
            .ToListAsync(ct);
        return pairs.GroupBy(pair => pair.ClassId).ToDictionary(
            group => group.Key,
            group => group.OrderByDescending(pair => pair.IsPrimary is true).ThenBy(pair => pair.Person.FamilyName)
                .Select(pair => pair.Person).DistinctBy(person => person.Id).ToArray());
    }
}
