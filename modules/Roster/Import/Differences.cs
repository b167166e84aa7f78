using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Compares what was sent with what is stored, kind by kind, and notes what is to be done.</summary>
internal static class Differences
{
    /// <summary>Fills the change table of every kind that is sent, and counts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rejected">Rows left out of each collection.</param>
    /// <param name="ct">Stops the run.</param>
    public static async Task<Dictionary<string, ImportCounts>> FindAsync(
        RunScope run, Func<string, int> rejected, CancellationToken ct)
    {
        var counts = new Dictionary<string, ImportCounts>();
        foreach (var kind in RosterKinds.All)
        {
            if (run.IsSent(kind))
            {
                var (isComplete, scope) = CompletenessOf(run, kind);
                await run.Area.Main.RunAsync(RosterSql.About(kind, "differences", ("scope", scope)), ct,
                    run.District.Value, run.Source, isComplete);
                await run.Area.Main.RunAsync($"analyze {kind.Changes}", ct);
            }

            counts.Add(kind.Collection, await CountAsync(run, kind, rejected(kind.Collection), ct));
        }

        return counts;
    }

    /// <summary>Whether what is missing has ended, and among which stored rows. A changed user comes with all of the
    /// user's roles, but says nothing about those of others.</summary>
    private static (bool IsComplete, string Scope) CompletenessOf(RunScope run, RosterKind kind) =>
        run.ModeOf(kind) is CollectionMode.Delta && kind == RosterKinds.Roles && run.RolesCameWithUsers
            ? (true, $" and person_id in (select id from {RosterKinds.Users.Staged})")
            : (run.ModeOf(kind) is CollectionMode.Bulk, "");

    private static async Task<ImportCounts> CountAsync(
        RunScope run, RosterKind kind, int rejected, CancellationToken ct)
    {
        var found = new Dictionary<string, int>();
        await using var command = run.Area.Main.Statement(
            $"select change, count(*)::int from {kind.Changes} group by change");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) found.Add(rows.GetString(0), rows.GetInt32(1));

        return new(
            found.GetValueOrDefault("added"), found.GetValueOrDefault("changed"), found.GetValueOrDefault("ended"),
            rejected, found.GetValueOrDefault("returned"));
    }
}
