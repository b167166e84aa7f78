using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class RelationLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, GuardianRow[]>> GetGuardiansByStudentIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<GuardianRow> query, Rows db, CancellationToken ct)
    {
        var context = db.Open();
        var wanted = query.Include(x => x.Id).Include(x => x.FamilyName).Include(x => x.GivenName);
        var pairs = await context.Of<RelationRow>().Where(relation => ids.Contains(relation.StudentId))
            .Join(
                context.Of<GuardianRow>().With(wanted), relation => relation.GuardianId, guardian => guardian.Id,
                (relation, guardian) => new { relation.StudentId, Guardian = guardian })
            .ToListAsync(ct);
        return pairs.GroupBy(pair => pair.StudentId).ToDictionary(
            group => group.Key,
            group => group.Select(pair => pair.Guardian).OrderBy(x => x.FamilyName).ThenBy(x => x.GivenName).ToArray());
    }

    [DataLoader]
    public static async Task<Dictionary<Guid, StudentRow[]>> GetStudentsByGuardianIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<StudentRow> query, Rows db, CancellationToken ct)
    {
        var context = db.Open();
        var wanted = query.Include(x => x.Id).Include(x => x.FamilyName).Include(x => x.GivenName);
        var pairs = await context.Of<RelationRow>().Where(relation => ids.Contains(relation.GuardianId))
            .Join(
                context.Of<StudentRow>().With(wanted), relation => relation.StudentId, student => student.Id,
                (relation, student) => new { relation.GuardianId, Student = student })
            .ToListAsync(ct);
        return pairs.GroupBy(pair => pair.GuardianId).ToDictionary(
            group => group.Key,
            group => group.Select(pair => pair.Student).OrderBy(x => x.FamilyName).ThenBy(x => x.GivenName).ToArray());
    }

    [DataLoader]
    public static async Task<Dictionary<Guid, RelationRow[]>> GetRelationsByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var relations = await db.Of<RelationRow>().Where(relation => ids.Contains(relation.StudentId)).ToListAsync(ct);
        return relations.GroupBy(relation => relation.StudentId)
            .ToDictionary(group => group.Key, group => group.OrderBy(relation => relation.GuardianId).ToArray());
    }
}
