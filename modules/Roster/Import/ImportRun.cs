using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>One run, step by step.</summary>
internal sealed class ImportRun(
    DocumentStore store,
    TimeProvider time,
    RosterSourceSettings limits,
    DistrictId district,
    IRosterSource source,
    CollectedFindings findings,
    ImportOptions options,
    IProgress<ImportProgress>? progress)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private IReadOnlyDictionary<string, ImportCounts> counts = ImportCounts.OfNothing;
    private IReadOnlyList<ProposedChange> changes = [];

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
        var keysOf = options.KeysOf ?? options.Source;
        var stager = new Stager(area, new(keysOf), source, progress);
        if (!await stager.StageAsync(ct)) return await EndAsync(area, ImportStatus.Rejected, ct);
        var run = new RunScope(area, district, options.Source, stager.Modes, stager.RolesCameWithUsers,
            source.NameOf)
        { KeysOf = keysOf };

        progress?.Report(new(ImportStep.Checking));
        var erased = await ErasedPeople.EmptyAsync(run, store.Options.Tables, findings, ct);
        await new UnreadRows(run, findings).KeepAsync(ct);
        var checks = new StagedChecks(run, findings);
        await checks.RunAsync(ct);

        progress?.Report(new(ImportStep.Comparing));
        int RejectedOf(string name) => checks.Rejected[name] + (int)source.RowsOf(name).Rejected;
        var missing = new MissingPeople(run, startedAt, limits.GraceDays);
        var found = await missing.MarkAsync(await Differences.FindAsync(run, RejectedOf, ct), ct);
        var isAsked = found.IsAny || (missing.Any && options.ProposeOnly);
        var isHeld = isAsked && await ProposeAsync(run, found, ct);
        found = await missing.SettleAsync(found, ends: isHeld, ct);
        if (isHeld && missing.Any) changes = await ChangesAsync(run, found, ct);

        counts = found.Shown;
        if (!found.IsAny) return await EndAsync(area, ImportStatus.Unchanged, ct);

        if (!isHeld) progress?.Report(new(ImportStep.Applying));
        return await WriteAsync(run, found, erased, isHeld ? ImportStatus.Held : ImportStatus.Applied, ct);
    }

    /// <summary>Counts what would be done, and tells whether a person has to look at it.</summary>
    private async Task<bool> ProposeAsync(RunScope run, Differences found, CancellationToken ct)
    {
        changes = await ChangesAsync(run, found, ct);
        var isHeld = options.ProposeOnly;
        foreach (var reason in new HoldRule(limits, source.NameOf).Look(changes))
        {
            findings.Add(reason);
            isHeld |= reason.Effect is FindingEffect.RunHeld;
        }

        if (await SessionCover.LookAsync(run, DateOnly.FromDateTime(startedAt.UtcDateTime), ct) is not { } past)
            return isHeld;

        findings.Add(past);
        return true;
    }

    private Task<IReadOnlyList<ProposedChange>> ChangesAsync(RunScope run, Differences found, CancellationToken ct) =>
        Proposal.OfAsync(
            run, found, new(DateOnly.FromDateTime(startedAt.UtcDateTime), limits.RolloverDaysEarly), ct);

    /// <summary>Applies what was found, or keeps it; in one transaction, while erasures wait.</summary>
    private async Task<ImportOutcome> WriteAsync(
        RunScope run, Differences found, ErasedPeople erased, ImportStatus status, CancellationToken ct)
    {
        await using var transaction = await run.Area.Main.BeginTransactionAsync(ct);
        if (!await erased.HoldUpAsync(run, ct))
        {
            await transaction.RollbackAsync(ct);
            findings.Add(new(FindingEffect.RunRejected, "run.erasure",
                "Somebody was erased while the package was read. Import it once more."));
            return await EndAsync(run.Area, ImportStatus.Refused, ct);
        }

        var record = Record(status);
        var metadata = new EventMetadata(options.Actor, CorrelationId: record.Id);
        Task<IReadOnlyList<BulkEvent>> RecordAsync() =>
            record.WriteRowsAsync(run.Area.Main, store.Options.Tables, district, ct);
        if (status is ImportStatus.Applied)
        {
            await new Applying(run, found, erased, store, record.FinishedAt).WriteAsync(RecordAsync, metadata, ct);
        }
        else
        {
            var events = await RecordAsync();
            await HeldChanges.KeepAsync(run, found, record.Id, ct);
            await store.BulkAppend.AppendAsync(run.Area.Main, district, RosterImport.Of(events), metadata, ct);
        }

        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return record.Outcome with { DurationMs = (long)(time.GetUtcNow() - startedAt).TotalMilliseconds };
    }

    /// <summary>Ends a run that writes nothing but that it was.</summary>
    private Task<ImportOutcome> EndAsync(StagingArea area, ImportStatus status, CancellationToken ct)
    {
        if (source.Rejection is { } rejection && !findings.Kept.Contains(rejection)) findings.Add(rejection);
        return RosterImport.WriteAsync(store, area.Main, district, Record(status), options.Actor, ct);
    }

    private RunRecord Record(ImportStatus status) => new(
        RunRecord.IdOf(options.Source, startedAt), options.Source, source.Format, source.Origin, status,
        startedAt, RunRecord.Kept(time.GetUtcNow()), counts, findings, changes,
        options.Checksum);
}
