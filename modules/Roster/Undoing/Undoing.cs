using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Finds what a run did in its events, and what was before in the events before these: that is the truth a
/// row is made from, so nothing need be kept apart to take a run back.</summary>
internal sealed class Undoing(RunScope run, DocumentStore store, Guid id)
{
    private const int AtOnce = 1_000;

    private readonly List<Guid> erased = [];

    /// <summary>Fills the tables of a run with the opposite of what the run did.</summary>
    /// <returns>What is to be done.</returns>
    public async Task<Differences> StageAsync(CancellationToken ct)
    {
        var after = await PositionBeforeAsync(ct);
        foreach (var kind in RosterKinds.All)
        {
            await RunAsync(kind, "undo_changes", ct, run.District.Value, after, id);
            await run.Area.Main.RunAsync($"analyze {kind.Changes}", ct);
            await StageAsync(kind, ct);
            await run.Area.Main.RunAsync($"analyze {kind.Staged} (id)", ct);
            await RunAsync(kind, "undo_ends", ct, run.District.Value);
        }

        return await Differences.InTablesAsync(run, ct) with { IsUndoing = true };
    }

    /// <summary>A position of the log before all events of the run: runs of a district do not overlap.</summary>
    private async Task<long> PositionBeforeAsync(CancellationToken ct)
    {
        await using var find = run.Area.Main.Statement(SqlFile.Fill("undo_after"), run.District.Value, id);
        return (long)(await find.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Stages the records as they were.</summary>
    private async Task StageAsync(RosterKind kind, CancellationToken ct)
    {
        erased.Clear();
        await using var find = run.Area.Second.Statement(
            RosterSql.About(kind, "undo_before"), run.District.Value);
        await using (var rows = await find.ExecuteReaderAsync(ct))
        {
            await using var copy = await kind.OpenCopyAsync(run.Area.Main, ct);
            var some = new List<(Guid, int)>(AtOnce);
            while (await rows.ReadAsync(ct))
            {
                some.Add((rows.GetGuid(0), rows.GetInt32(1)));
                if (some.Count == AtOnce) await StageAsync(kind, some, copy, ct);
            }

            await StageAsync(kind, some, copy, ct);
            await copy.CompleteAsync(ct);
        }

        if (erased.Count > 0) await RunAsync(kind, "undo_erased", ct, run.District.Value, erased.ToArray());
    }

    private async Task StageAsync(RosterKind kind, List<(Guid, int)> some, CopyRow copy, CancellationToken ct)
    {
        if (some.Count == 0) return;

        foreach (var one in await store.Feed.ReadAsync(run.District, some, ct))
        {
            if (kind.StageAgain(one.StreamId, one.Data, copy))
            {
                await copy.FlushWhenFullAsync(ct);
            }
            else
            {
                erased.Add(one.StreamId);
            }
        }

        some.Clear();
    }

    private Task<int> RunAsync(RosterKind kind, string statement, CancellationToken ct, params object[] values) =>
        run.Area.Main.RunAsync(RosterSql.About(kind, statement), ct, values);
}
