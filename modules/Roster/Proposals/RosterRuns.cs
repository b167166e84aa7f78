using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Decides what becomes of runs: a held one is applied or rejected.</summary>
public sealed class RosterRuns(DocumentStore store, TimeProvider time)
{
    private static readonly Dictionary<string, CollectionMode> NothingSent =
        RosterCollections.All.ToDictionary(name => name, _ => CollectionMode.Absent);

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

        var erased = await ErasedPeople.EmptyAsync(run, store.Options.Tables, new(), ct);
        await using var transaction = await area.Main.BeginTransactionAsync(ct);
        if (!await erased.HoldUpAsync(run, ct)) return RunRefusals.RosterChanged;

        var now = time.GetUtcNow();
        var decision = new RunDecision(id, held.Source, ImportStatus.Applied, now, actor, null);
        var from = ImportStatus.Held;
        if (await decision.WriteAsync(area.Main, store.Options.Tables, district, from, ct) is not { } decided)
        {
            return RunRefusals.DecidedMeanwhile;
        }

        IReadOnlyList<BulkEvent> events = [decided];
        await new Applying(run, found, erased, store, now)
            .WriteAsync(() => Task.FromResult(events), new(actor, CorrelationId: id), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return new RunAnswer(id, ImportStatus.Applied, null);
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
}
