using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class RelationLoaders
{
    [DataLoader]
    public static async Task<ILookup<Guid, GuardianRow>> GetGuardiansByStudentIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<GuardianRow> query, Rows db, CancellationToken ct)
    {
        var pairs = db.OfKeys(ids, query, static (tables, ids, wanted) => tables.Of<RelationRow>()
            .Where(relation => ids.Contains(relation.StudentId))
            .Join(
                tables.Of<GuardianRow>().With(wanted.Include(x => x.Id).Include(x => x.FamilyName)
                    .Include(x => x.GivenName)),
                relation => relation.GuardianId, guardian => guardian.Id,
                (relation, guardian) => new { relation.StudentId, Guardian = guardian })
            .OrderBy(pair => pair.Guardian.FamilyName).ThenBy(pair => pair.Guardian.GivenName));
        return await pairs.ToLookupAsync(pair => pair.StudentId, pair => pair.Guardian, cancellationToken: ct);
    }

    [DataLoader]
    public static async Task<ILookup<Guid, StudentRow>> GetStudentsByGuardianIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<StudentRow> query, Rows db, CancellationToken ct)
    {
        var pairs = db.OfKeys(ids, query, static (tables, ids, wanted) => tables.Of<RelationRow>()
            .Where(relation => ids.Contains(relation.GuardianId))
            .Join(
                tables.Of<StudentRow>().With(wanted.Include(x => x.Id).Include(x => x.FamilyName)
                    .Include(x => x.GivenName)),
                relation => relation.StudentId, student => student.Id,
                (relation, student) => new { relation.GuardianId, Student = student })
            .OrderBy(pair => pair.Student.FamilyName).ThenBy(pair => pair.Student.GivenName));
        return await pairs.ToLookupAsync(pair => pair.GuardianId, pair => pair.Student, cancellationToken: ct);
    }

    [DataLoader]
    public static async Task<ILookup<Guid, RelationRow>> GetRelationsByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var relations = await db.Of<RelationRow>().Where(relation => ids.Contains(relation.StudentId))
            .OrderBy(relation => relation.GuardianId).ToListAsync(ct);
        return relations.ToLookup(relation => relation.StudentId);
    }
}
