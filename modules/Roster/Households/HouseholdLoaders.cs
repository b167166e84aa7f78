using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class HouseholdLoaders
{
    [DataLoader]
    public static async Task<ILookup<Guid, Tie>> GetTiesByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct) =>
        (await Ties.OfStudentsAsync(db, ids, ct)).ToLookup(tie => tie.StudentId);

    [DataLoader]
    public static async Task<ILookup<Guid, Tie>> GetTiesByGuardianIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct) =>
        (await Ties.OfGuardiansAsync(db, ids, ct)).ToLookup(tie => tie.GuardianId);

    [DataLoader]
    public static async Task<ILookup<Guid, Household>> GetHouseholdsByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, RosterSettings settings, CancellationToken ct)
    {
        var (own, all) = await AroundAsync(db, ids, ct);
        var people = all.SelectMany(tie => (Guid[])[tie.StudentId, tie.GuardianId]).Concat(ids).Distinct().ToList();
        var homes = await HomesAsync(db, people, settings, ct);
        var byGuardian = all.ToLookup(tie => tie.GuardianId);
        return ids
            .SelectMany(id => Household.Of(id, [.. own[id].SelectMany(tie => byGuardian[tie.GuardianId])], homes)
                .Select(household => (Id: id, Household: household)))
            .ToLookup(one => one.Id, one => one.Household);
    }

    /// <summary>Brothers and sisters by id: students whom the same grown-up brings up.</summary>
    [DataLoader]
    public static async Task<ILookup<Guid, Guid>> GetSiblingIdsByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var (own, all) = await AroundAsync(db, ids, ct);
        var byGuardian = all.Where(tie => tie.Raises).ToLookup(tie => tie.GuardianId, tie => tie.StudentId);
        return ids
            .SelectMany(id => own[id].Where(tie => tie.Raises)
                .SelectMany(tie => byGuardian[tie.GuardianId]).Distinct().Where(other => other != id)
                .Select(other => (Id: id, Sibling: other)))
            .ToLookup(one => one.Id, one => one.Sibling);
    }

    /// <summary>The ties of students, and all ties of the grown-ups among them.</summary>
    private static async Task<(ILookup<Guid, Tie> Own, IReadOnlyList<Tie> All)> AroundAsync(
        Rows db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var own = await Ties.OfStudentsAsync(db, ids, ct);
        var all = await Ties.OfGuardiansAsync(db, [.. own.Select(tie => tie.GuardianId).Distinct()], ct);
        return (own.ToLookup(tie => tie.StudentId), all);
    }

    /// <summary>The homes that sources name, each with its source: in a supplementary file, or as a key of the person
    /// of a type that the settings name.</summary>
    private static async Task<Dictionary<Guid, IReadOnlyList<string>>> HomesAsync(
        Rows db, List<Guid> people, RosterSettings settings, CancellationToken ct)
    {
        var said = await db.Of<SupplementRow>().InForce().Where(x => people.Contains(x.PersonId))
            .Select(x => new { x.PersonId, x.Households }).ToListAsync(ct);
        var known = await db.Of<PersonRow>().Where(x => people.Contains(x.Id))
            .Select(x => new { x.Id, x.Source, x.UserIds }).ToListAsync(ct);
        var files = said.ToDictionary(one => one.PersonId, one => one.Households);
        var prefix = settings.HouseholdIdType + ":";
        return known
            .Select(person => (person.Id, Homes: files.GetValueOrDefault(person.Id, [])
                .Concat(person.UserIds.Where(id => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    .Select(id => id[prefix.Length..]))
                .Distinct(StringComparer.Ordinal).Select(home => $"{person.Source}\u001F{home}").ToList()))
            .Where(person => person.Homes.Count > 0)
            .ToDictionary(person => person.Id, IReadOnlyList<string> (person) => person.Homes);
    }
}
