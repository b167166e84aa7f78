using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>Finds out how each source stands.</summary>
internal static class SourceStates
{
    /// <summary>Among so many latest runs a source is looked for that the settings do not name.</summary>
    private const int Recent = 100;

    private static readonly string[] Good =
        [RunRecord.Word(ImportStatus.Applied), RunRecord.Word(ImportStatus.Unchanged)];

    private static readonly string Held = RunRecord.Word(ImportStatus.Held);

    public static async Task<IReadOnlyList<RosterSource>> FindAsync(
        Rows db, RosterSourceNames known, RosterSettings settings, TimeProvider time, CancellationToken ct)
    {
        var heard = await db.Of<SyncRunRow>().OrderByDescending(x => x.StartedAt).Take(Recent)
            .Select(x => x.Source).ToListAsync(ct);
        var states = new List<RosterSource>();
        foreach (var name in known.Names.Concat(heard).Distinct().Order(StringComparer.Ordinal))
        {
            states.Add(await FindAsync(db, name, settings, time, ct));
        }

        return states;
    }

    private static async Task<RosterSource> FindAsync(
        Rows db, string name, RosterSettings settings, TimeProvider time, CancellationToken ct)
    {
        var asOf = await db.Of<SyncRunRow>().Where(x => x.Source == name && Good.Contains(x.Status))
            .OrderByDescending(x => x.StartedAt).Select(x => (DateTimeOffset?)x.StartedAt).FirstOrDefaultAsync(ct);
        var last = await db.Of<SyncRunRow>().Where(x => x.Source == name)
            .OrderByDescending(x => x.StartedAt).Select(x => (Guid?)x.Id).FirstOrDefaultAsync(ct);
        var held = await db.Of<SyncRunRow>().Where(x => x.Source == name && x.Status == Held)
            .OrderByDescending(x => x.StartedAt).Select(x => (Guid?)x.Id).FirstOrDefaultAsync(ct);
        var oldest = time.GetUtcNow().AddHours(-settings.Of(name).StaleAfterHours);
        return new() { Name = name, AsOf = asOf, IsStale = !(asOf > oldest), LastRunId = last, HeldRunId = held };
    }
}
