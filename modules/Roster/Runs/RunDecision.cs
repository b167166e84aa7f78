using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What becomes of a run after it has ended: its new status, its row, its event.</summary>
internal sealed record RunDecision(
    Guid Run, string Source, ImportStatus Status, DateTimeOffset At, string? Actor, string? Reason)
{
    /// <summary>Runs of a source that wait give way to a newer one.</summary>
    /// <returns>Their events.</returns>
    public static async Task<IReadOnlyList<BulkEvent>> SupersedeAsync(
        NpgsqlConnection connection, TableMaps tables, DistrictId district, RunRecord by, CancellationToken ct)
    {
        var held = new List<Guid>();
        await using (var find = connection.Statement(
            $"select id from {RosterTables.RunRows} where tenant_id = $1 and source = $2 and status = 'held'",
            district.Value, by.Source))
        {
            await using var rows = await find.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) held.Add(rows.GetGuid(0));
        }

        var events = new List<BulkEvent>();
        foreach (var run in held)
        {
            var decision = new RunDecision(
                run, by.Source, ImportStatus.Superseded, by.FinishedAt, null, $"Superseded by run {by.Id}.");
            if (await decision.WriteAsync(connection, tables, district, ImportStatus.Held, ct) is { } happened)
            {
                events.Add(happened);
            }
        }

        return events;
    }

    /// <summary>Writes it in the transaction the connection is in; others who decide meanwhile wait.</summary>
    /// <returns>Its event; null when the run's status is another by now.</returns>
    public async Task<BulkEvent?> WriteAsync(
        NpgsqlConnection connection, TableMaps tables, DistrictId district, ImportStatus from, CancellationToken ct)
    {
        var forced = from is ImportStatus.Held && Status is ImportStatus.Applied;
        var changed = await connection.RunAsync(
            $"""
            update {RosterTables.RunRows} set status = $3, forced = forced or $5
             where tenant_id = $1 and id = $2 and status = $4
            """,
            ct, district.Value, Run, RunRecord.Word(Status), RunRecord.Word(from), forced);
        if (changed == 0) return null;

        await connection.RunAsync(
            $"delete from {RosterTables.HeldRows} where tenant_id = $1 and run_id = $2", ct, district.Value, Run);
        await using var batch = new NpgsqlBatch(connection);
        RowInsert.Add(batch, tables.For<SyncDecisionRow>(), district, Row());
        await batch.ExecuteNonQueryAsync(ct);
        return new(Run, SyncRunFinished.StreamKind, new SyncRunDecided(
            Source, RunRecord.Word(Status), Reason, Status is ImportStatus.Applied ? At : null));
    }

    private SyncDecisionRow Row() => new()
    {
        RunId = Run,
        Status = RunRecord.Word(Status),
        DecidedAt = At,
        DecidedBy = Actor,
        Reason = Reason,
    };
}
