using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>One run, step by step.</summary>
internal sealed class ImportRun(
    DocumentStore store,
    TimeProvider time,
    DistrictId district,
    IRosterSource source,
    CollectedFindings findings,
    ImportOptions options,
    IProgress<ImportProgress>? progress)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private IReadOnlyDictionary<string, ImportCounts> counts = ImportCounts.OfNothing;

    /// <summary>What is said while another run of the district goes on. Nothing was read or is recorded.</summary>
    public ImportOutcome Busy()
    {
        findings.Add(new(FindingEffect.RunRejected, "run.busy",
            "Another import of this district is going on. Wait until it has ended, then try again."));
        return Record(ImportStatus.Refused).Outcome with { Run = null };
    }

    /// <summary>Does the run.</summary>
    public async Task<ImportOutcome> RunAsync(StagingArea area, CancellationToken ct)
    {
        var stager = new Stager(area, new(options.Source), source, progress);
        if (!await stager.StageAsync(ct)) return await EndAsync(area, ImportStatus.Rejected, ct);
        var run = new RunScope(area, district, options.Source, stager.Modes, stager.RolesCameWithUsers,
            source.NameOf);

        progress?.Report(new(ImportStep.Checking));
        var erased = await ErasedPeople.EmptyAsync(run, store.Options.Tables, findings, ct);
        await new UnreadRows(run, findings).KeepAsync(ct);
        var checks = new StagedChecks(run, findings);
        await checks.RunAsync(ct);

        progress?.Report(new(ImportStep.Comparing));
        int RejectedOf(string name) => checks.Rejected[name] + (int)source.RowsOf(name).Rejected;
        var found = await Differences.FindAsync(run, RejectedOf, ct);
        counts = found.Counts;
        if (counts.Values.All(count => count.Differences == 0)) return await EndAsync(area, ImportStatus.Unchanged, ct);
        if (!await MayApplyAsync(run, ct)) return await EndAsync(area, ImportStatus.Refused, ct);

        progress?.Report(new(ImportStep.Applying));
        return await ApplyAsync(run, found, erased, ct);
    }

    private async Task<bool> MayApplyAsync(RunScope run, CancellationToken ct)
    {
        if (options.Force) return true;

        var refused = false;
        foreach (var kind in RosterKinds.All.Where(kind => counts[kind.Collection].Ended > 0))
        {
            await using var count = run.Area.Main.Statement(
                $"select count(*)::int from ({RosterSql.About(kind, "known_absent")}) known",
                district.Value, options.Source);
            var known = (int)(await count.ExecuteScalarAsync(ct))!;
            var file = source.NameOf(kind.Collection);
            if (MassDepartureGuard.Look(kind.Collection, known, counts[kind.Collection], file) is not { } finding)
                continue;

            findings.Add(finding);
            refused = true;
        }

        return !refused;
    }

    private async Task<ImportOutcome> ApplyAsync(
        RunScope run, Differences found, ErasedPeople erased, CancellationToken ct)
    {
        await using var transaction = await run.Area.Main.BeginTransactionAsync(ct);
        if (!await erased.HoldUpAsync(run, ct))
        {
            await transaction.RollbackAsync(ct);
            findings.Add(new(FindingEffect.RunRejected, "run.erasure",
                "Somebody was erased while the package was read. Import it once more."));
            return await EndAsync(run.Area, ImportStatus.Refused, ct);
        }

        var applying = new Applying(run, found, erased, store, time.GetUtcNow());
        var record = Record(ImportStatus.Applied);
        var rows = WriteRowsAsync(applying, record, run.Area.Main, ct);
        try
        {
            var metadata = new EventMetadata(options.Actor, CorrelationId: record.Id);
            await applying.WriteEventsAsync(rows, record.Event, metadata, ct);
        }
        finally
        {
            // Whatever went wrong, the connection is busy until its statement has ended.
            await Task.WhenAny(rows);
        }

        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return record.Outcome with { DurationMs = (long)(time.GetUtcNow() - startedAt).TotalMilliseconds };
    }

    private async Task WriteRowsAsync(
        Applying applying, RunRecord record, NpgsqlConnection connection, CancellationToken ct)
    {
        await applying.WriteRowsAsync(ct);
        await record.WriteRowsAsync(connection, store.Options.Tables, district, ct);
    }

    /// <summary>Ends a run that writes nothing but that it was.</summary>
    private Task<ImportOutcome> EndAsync(StagingArea area, ImportStatus status, CancellationToken ct)
    {
        if (source.Rejection is { } rejection && !findings.Kept.Contains(rejection)) findings.Add(rejection);
        return RosterImport.WriteAsync(store, area.Main, district, Record(status), options.Actor, ct);
    }

    private RunRecord Record(ImportStatus status) => new(
        RunRecord.IdOf(options.Source, startedAt), options.Source, source.Format, source.Origin, status,
        options.Force, startedAt, time.GetUtcNow(), counts, findings);
}
