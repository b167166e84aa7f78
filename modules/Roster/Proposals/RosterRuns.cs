using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Decides what becomes of runs: a held one is applied or rejected, an applied one rolled back.</summary>
public sealed class RosterRuns(DocumentStore store, TimeProvider time)
{
    private static readonly Dictionary<string, CollectionMode> NothingSent =
        RosterKinds.All.ToDictionary(kind => kind.Collection, _ => CollectionMode.Absent);

    /// <summary>The latest runs.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Stops reading.</param>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(DistrictId district, int limit, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        return await RunReading.SummariesAsync(connection, district, null, limit, ct);
    }

    /// <summary>A run with what it does to which school; null when there is none.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="id">The run.</param>
    /// <param name="ct">Stops reading.</param>
    public async Task<RunDetails?> FindAsync(DistrictId district, Guid id, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        var found = await RunReading.SummariesAsync(connection, district, id, 1, ct);
        return found is [var run] ? await RunReading.DetailsAsync(connection, district, run, ct) : null;
    }

    /// <summary>Does exactly what a held run was going to do. Of one that is applied already, tells so.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who decides, as an id.</param>
    /// <param name="ct">Stops; nothing is applied.</param>
    public async Task<RunAnswer> ApplyAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var area = await StagingArea.OpenAsync(store, district, ct);
        if (area is null) return RunRefusals.Busy;

        if (await StoredRun.FindAsync(area.Main, district, id, ct) is not { } held) return RunRefusals.NotFound;
        if (held.Status is ImportStatus.Applied) return new RunAnswer(id, ImportStatus.Applied, null);
        if (held.Status is not ImportStatus.Held) return RunRefusals.NotHeld(held.Status);

        var run = new RunScope(area, district, held.Source, NothingSent, RolesCameWithUsers: false, name => name);
        if (await HeldChanges.StageAsync(run, id, ct) is not { } found) return RunRefusals.RosterChanged;

        return await WriteAsync(run, found, held, ImportStatus.Applied, actor, ct);
    }

    /// <summary>Takes an applied run back: afterwards the roster is as it was before. Only the newest applied run of a
    /// source can be; of one that is rolled back already, tells so.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who decides, as an id.</param>
    /// <param name="ct">Stops; nothing is changed.</param>
    public async Task<RunAnswer> RollBackAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var area = await StagingArea.OpenAsync(store, district, ct);
        if (area is null) return RunRefusals.Busy;

        if (await StoredRun.FindAsync(area.Main, district, id, ct) is not { } applied) return RunRefusals.NotFound;
        if (applied.Status is ImportStatus.RolledBack) return new RunAnswer(id, ImportStatus.RolledBack, null);
        if (applied.Status is not ImportStatus.Applied) return RunRefusals.NotApplied(applied.Status);

        var newest = await StoredRun.NewestAppliedAsync(area.Main, district, applied.Source, ct);
        if (newest != id) return RunRefusals.NotNewest(newest);

        var run = new RunScope(area, district, applied.Source, NothingSent, RolesCameWithUsers: false, name => name);
        var found = await new Undoing(run, store, id).StageAsync(ct);
        return await WriteAsync(run, found, applied, ImportStatus.RolledBack, actor, ct);
    }

    /// <summary>Says no to a held run: what was kept of it is thrown away.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="id">The run.</param>
    /// <param name="reason">Why; it is kept, so never a name.</param>
    /// <param name="actor">Who decides, as an id.</param>
    /// <param name="ct">Stops; nothing is decided.</param>
    public async Task<RunAnswer> RejectAsync(
        DistrictId district, Guid id, string reason, string? actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return RunRefusals.NoReason;

        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        if (await StoredRun.FindAsync(connection, district, id, ct) is not { } held) return RunRefusals.NotFound;
        if (held.Status is ImportStatus.Declined) return new RunAnswer(id, ImportStatus.Declined, null);
        if (held.Status is not ImportStatus.Held) return RunRefusals.NotHeld(held.Status);

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var decision = new RunDecision(id, held.Source, ImportStatus.Declined, time.GetUtcNow(), actor, reason.Trim());
        var from = ImportStatus.Held;
        if (await decision.WriteAsync(connection, store.Options.Tables, district, from, ct) is not { } decided)
        {
            return RunRefusals.DecidedMeanwhile;
        }

        await store.BulkAppend.AppendAsync(
            connection, district, RosterImport.Of([decided]), new(actor, CorrelationId: id), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return new RunAnswer(id, ImportStatus.Declined, null);
    }

    /// <summary>Writes the decision and all that follows from it, in one transaction, while erasures wait.</summary>
    private async Task<RunAnswer> WriteAsync(
        RunScope run, Differences found, StoredRun stored, ImportStatus status, string? actor, CancellationToken ct)
    {
        var main = run.Area.Main;
        var erased = await ErasedPeople.EmptyAsync(run, store.Options.Tables, new(), ct);
        await using var transaction = await main.BeginTransactionAsync(ct);
        if (!await erased.HoldUpAsync(run, ct)) return RunRefusals.RosterChanged;

        var now = RunRecord.Kept(time.GetUtcNow());
        var decision = new RunDecision(stored.Id, stored.Source, status, now, actor, null);
        if (await decision.WriteAsync(main, store.Options.Tables, run.District, stored.Status, ct) is not { } decided)
        {
            return RunRefusals.DecidedMeanwhile;
        }

        IReadOnlyList<BulkEvent> events = [decided];
        await new Applying(run, found, erased, store, now)
            .WriteAsync(() => Task.FromResult(events), new(actor, CorrelationId: stored.Id), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(run.District);
        return new RunAnswer(stored.Id, status, null);
    }
}
