namespace K12Hub.Roster;

/// <summary>Keeps what a held run would do, record by record, so that exactly that is done later: rows of an ordinary
/// table, which a backup holds, an erasure reaches and a district takes along when it goes.</summary>
internal static class HeldChanges
{
    /// <summary>Keeps what was found, in the transaction the main connection is in.</summary>
    public static async Task KeepAsync(RunScope run, Differences found, Guid id, CancellationToken ct)
    {
        foreach (var kind in RosterKinds.All.Where(kind => found.Counts[kind.Collection].Differences > 0))
        {
            var source = found.FirstLoads.Contains(kind) ? kind.Sent : kind.Changes;
            var person = kind.PersonColumn is { } column ? $"s.{column}" : "null::uuid";
            var sql = RosterSql.About(kind, "held_keep", ("found", source), ("person", person));
            await run.Area.Main.RunAsync(sql, ct, run.District.Value, id);
        }
    }

    /// <summary>Puts it back into the tables of a run.</summary>
    /// <returns>What is to be done; null when a record is not as it was when the run was held.</returns>
    public static async Task<Differences?> StageAsync(RunScope run, Guid id, CancellationToken ct)
    {
        foreach (var kind in RosterKinds.All)
        {
            await using var count = run.Area.Main.Statement(
                RosterSql.About(kind, "held_outdated"), run.District.Value, id);
            if ((int)(await count.ExecuteScalarAsync(ct))! > 0) return null;

            foreach (var statement in (string[])["held_stage", "held_changes"])
            {
                await run.Area.Main.RunAsync(RosterSql.About(kind, statement), ct, run.District.Value, id);
            }

            await run.Area.Main.RunAsync($"analyze {kind.Staged} (id), {kind.Changes}", ct);
        }

        return await Differences.InTablesAsync(run, ct);
    }
}
