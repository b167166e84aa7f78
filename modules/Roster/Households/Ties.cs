using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>Finds who belongs together: what rosters relate, and what supplementary files say besides. Nothing is ever
/// made of a name, an address or a telephone number: people who share one need not be a family.</summary>
internal static class Ties
{
    /// <summary>The ties of some students.</summary>
    public static async Task<IReadOnlyList<Tie>> OfStudentsAsync(
        Rows db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var related = await db.Of<RelationRow>().Where(x => ids.Contains(x.StudentId)).ToListAsync(ct);
        var pairs = await db.Of<GuardianshipRow>().InForce().Where(x => ids.Contains(x.StudentId)).ToListAsync(ct);
        return await JoinAsync(db, related, pairs, ct);
    }

    /// <summary>The ties of some grown-ups.</summary>
    public static async Task<IReadOnlyList<Tie>> OfGuardiansAsync(
        Rows db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var related = await db.Of<RelationRow>().Where(x => ids.Contains(x.GuardianId)).ToListAsync(ct);
        var pairs = await db.Of<GuardianshipRow>().InForce().Where(x => ids.Contains(x.GuardianId)).ToListAsync(ct);
        return await JoinAsync(db, related, pairs, ct);
    }

    private static async Task<IReadOnlyList<Tie>> JoinAsync(
        Rows db, List<RelationRow> related, List<GuardianshipRow> pairs, CancellationToken ct)
    {
        var known = pairs.ToDictionary(pair => (pair.StudentId, pair.GuardianId));
        var ties = related.Select(relation => new Tie(
            relation.StudentId, relation.GuardianId, relation.Kind,
            known.GetValueOrDefault((relation.StudentId, relation.GuardianId)))).ToList();
        var said = related.Select(relation => (relation.StudentId, relation.GuardianId)).ToHashSet();
        var besides = pairs.Where(pair => !said.Contains((pair.StudentId, pair.GuardianId))).ToList();
        if (besides.Count == 0) return ties;

        // A file may name people who never came, or have ended; a roster relates none of these.
        var ids = besides.SelectMany(pair => (Guid[])[pair.StudentId, pair.GuardianId]).Distinct().ToList();
        var inForce = await db.Of<PersonRow>().InForce().Where(x => ids.Contains(x.Id)).Select(x => x.Id)
            .ToListAsync(ct);
        var here = inForce.ToHashSet();
        return
        [
            .. ties,
            .. besides.Where(pair => here.Contains(pair.StudentId) && here.Contains(pair.GuardianId))
                .Select(pair => new Tie(pair.StudentId, pair.GuardianId, "supplement", pair)),
        ];
    }
}
