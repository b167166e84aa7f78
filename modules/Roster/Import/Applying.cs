using System.Runtime.CompilerServices;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Writes what a run found: rows, set by set, then the events, in the caller's transaction.</summary>
/// <remarks>Events are sent last: from the first of them until the commit, readers of the log wait for us.</remarks>
internal sealed class Applying(
    RunScope run, Differences found, ErasedPeople erased, DocumentStore store, DateTimeOffset now)
{
    // A table just filled looks empty to the planner, which then joins it row by row, until autovacuum has been there.
    private const int Many = 500;

    /// <summary>Writes everything.</summary>
    /// <param name="recordAsync">Writes what is kept of the run, after the rows; tells the events of that.</param>
    /// <param name="metadata">Who and why.</param>
    /// <param name="ct">Stops the run.</param>
    public async Task WriteAsync(
        Func<Task<IReadOnlyList<BulkEvent>>> recordAsync, EventMetadata metadata, CancellationToken ct)
    {
        var rows = WriteRowsAsync(recordAsync, ct);
        try
        {
            await AppendAsync(rows, metadata, ct);

            // By itself: what is appended together is stored by stream, and who reads that a run has ended has then
            // read all of it.
            await store.BulkAppend.AppendAsync(
                run.Area.Main, run.District, RosterImport.Of(await rows), metadata, ct);
        }
        finally
        {
            // Whatever went wrong, the connection is busy until its statement has ended.
            await Task.WhenAny(rows);
        }
    }

    /// <summary>An import finds one thing about each record. What is undone may concern a record twice.</summary>
    private Task<BulkAppendResult> AppendAsync(
        Task rows, EventMetadata metadata, CancellationToken ct) => found.IsUndoing
        ? store.BulkAppend.AppendAsync(run.Area.Main, run.District, EventsAsync(rows, ct), metadata, ct)
        : store.BulkAppend.AppendOnePerStreamAsync(run.Area.Main, rows, run.District, EventsAsync(ct), metadata, ct);

    private async Task<IReadOnlyList<BulkEvent>> WriteRowsAsync(
        Func<Task<IReadOnlyList<BulkEvent>>> recordAsync, CancellationToken ct)
    {
        await WriteRowsAsync(ct);
        return await recordAsync();
    }

    /// <summary>Writes rows over what the source said before, and puts what the district says in its place
    /// again.</summary>
    private async Task WriteRowsAsync(CancellationToken ct)
    {
        var isOverridden = await OverriddenColumns.LiftAsync(run.Area.Main, run.District, ct);
        await WriteKindsAsync(ct);
        if (isOverridden) await OverriddenColumns.ApplyAsync(run.Area.Main, run.District, ct);
    }

    /// <summary>Roles come before people, whose rows say what their roles make of them.</summary>
    private async Task WriteKindsAsync(CancellationToken ct)
    {
        var allAreNew = found.FirstLoads.Contains(RosterKinds.Users);
        if (!allAreNew) await TouchAsync(ct);

        foreach (var kind in RosterKinds.All.Where(kind => kind != RosterKinds.Users))
        {
            await WriteAsync(kind, "added", ct);
        }

        var (users, roles, orgs) = (
            CountsOf(RosterKinds.Users), CountsOf(RosterKinds.Roles), CountsOf(RosterKinds.Orgs));
        if (users.Differences + roles.Differences + orgs.Differences == 0) return;

        var ofWhom = allAreNew ? "" : " and r.person_id in (select id from touched)";
        var standing = RosterSql.About(RosterKinds.Users, "standing", ("of_whom", ofWhom));
        await run.Area.Main.RunAsync(standing, ct, run.District.Value, run.Source);
        await run.Area.Main.RunAsync("analyze standing", ct);
        await WriteAsync(RosterKinds.Users, "added_people", ct);
        if (!allAreNew) await RunAsync("people_standing", RosterKinds.Users, ct, run.District.Value);
        if (users.Differences + roles.Differences > 0) await RelateAsync(users.Added, ct);
    }

    /// <summary>The events of all that changed, and then the rows: until these are there the main connection is not
    /// ours.</summary>
    private async IAsyncEnumerable<BulkEvent> EventsAsync(Task rows, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var happened in EventsAsync(ct)) yield return happened;
        await rows;
    }

    /// <summary>The events of all that changed. They are made while the rows are being written.</summary>
    private async IAsyncEnumerable<BulkEvent> EventsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var kind in RosterKinds.All)
        {
            var count = CountsOf(kind);
            if (count.Differences > (found.IsUndoing ? 0 : count.Ended))
            {
                await foreach (var happened in EventsAsync(kind, "sent_records", ct)) yield return happened;
            }

            // Not asked for nothing: a table that was empty is locked while its indexes are off.
            if (count.Ended > 0)
            {
                await foreach (var happened in EventsAsync(kind, kind.EndedRecords, ct)) yield return happened;
            }
        }
    }

    private async IAsyncEnumerable<BulkEvent> EventsAsync(
        RosterKind kind, string statement, [EnumeratorCancellation] CancellationToken ct)
    {
        var sql = RosterSql.About(kind, statement);
        object[] values = sql.Contains("$1", StringComparison.Ordinal) ? [run.District.Value] : [];
        await using var command = run.Area.Second.Statement(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var records = new StagedReader(reader);
        while (await records.ReadAsync(ct))
        {
            var (id, change) = (records.Id(), ChangeOf(records.Text()));
            yield return new(id, kind.Noun, kind.Event(change, id, records, erased));
        }
    }

    private static RosterChange ChangeOf(string change) => change switch
    {
        "added" => RosterChange.Added,
        "changed" => RosterChange.Changed,
        "ended" or "endedAgain" => RosterChange.Ended,
        "withdrawn" => RosterChange.Withdrawn,
        _ => RosterChange.Returned,
    };

    private ImportCounts CountsOf(RosterKind kind) => found.Counts[kind.Collection];

    /// <summary>Notes whose standing may change: first of all, while the rows still say whose a role was
    /// before.</summary>
    private async Task TouchAsync(CancellationToken ct)
    {
        await RunAsync("touched", RosterKinds.Users, ct, run.District.Value);
        await run.Area.Main.RunAsync("analyze touched", ct);
    }

    private async Task WriteAsync(RosterKind kind, string adding, CancellationToken ct)
    {
        var counts = CountsOf(kind);
        if (counts.Added > 0)
        {
            var main = run.Area.Main;
            var indexes = await LateIndexes.TakeOffAsync(main, [kind.Rows], counts.Added, ct);
            // With the key in place in its order, so that the pages of its index fill one after the other.
            var insert = RosterSql.About(kind, adding, ("order", indexes.AreOff ? "" : "order by s.id"));
            await main.RunAsync(insert, ct, run.District.Value, run.Source);
            await indexes.PutBackAsync(ct);
            if (counts.Added > Many) await main.RunAsync($"analyze {kind.Rows}", ct);
        }

        if (counts.Changed + counts.Returned > 0) await RunAsync("changed", kind, ct, run.District.Value);
        if (counts.Ended > 0 && found.IsUndoing)
        {
            await RunAsync("withdrawn", kind, ct, run.District.Value);
            await RunAsync("ended_again", kind, ct, run.District.Value);
        }
        else if (counts.Ended > 0)
        {
            await RunAsync("ended", kind, ct, run.District.Value, now);
        }
    }

    private async Task RelateAsync(int people, CancellationToken ct)
    {
        await RunAsync("relations", RosterKinds.Users, ct, run.District.Value, run.Source);
        // Both sides of the comparison: the stored one may be the work of a run a moment ago, or of a restored backup.
        await run.Area.Main.RunAsync($"analyze related, {RosterTables.RelationRows}", ct);
        await RunAsync("relations_gone", RosterKinds.Users, ct, run.District.Value, run.Source);
        var (main, table) = (run.Area.Main, RosterTables.RelationRows);
        var indexes = await LateIndexes.TakeOffAsync(main, [table], people, ct);
        var added = await RunAsync("relations_new", RosterKinds.Users, ct, run.District.Value, run.Source);
        await indexes.PutBackAsync(ct);
        if (added > Many) await main.RunAsync($"analyze {table}", ct);
    }

    private Task<int> RunAsync(string statement, RosterKind kind, CancellationToken ct, params object[] values) =>
        run.Area.Main.RunAsync(RosterSql.About(kind, statement), ct, values);
}
