using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Where one person proposes how long something is kept, and another puts it into force.</summary>
internal sealed class RetentionDesk(DocumentStore store, SecondPerson second, TimeProvider time)
{
    private DateTimeOffset Now => RunRecord.Kept(time.GetUtcNow());

    /// <summary>Proposes it.</summary>
    /// <returns>Why not; null when it waits or is in force.</returns>
    public Task<Refusal?> SetAsync(
        DistrictId district, RetentionKind kind, string keepFor, string basis, string? actor, CancellationToken ct) =>
        ChangeAsync(
            district, kind, actor,
            schedule => ValueTask.FromResult(RetentionRules.Set(schedule, kind, keepFor, basis, actor, Now)), ct);

    /// <summary>Puts what waits into force.</summary>
    /// <returns>Why not; null when it is in force, also when it was already.</returns>
    public Task<Refusal?> ApproveAsync(
        DistrictId district, RetentionKind kind, string keepFor, string? actor, CancellationToken ct) => ChangeAsync(
        district, kind, actor,
        async schedule => RetentionRules.Approve(
            schedule, keepFor,
            schedule.Waiting is { } waiting && await second.IsAsync(district, waiting.By, actor, ct), actor, Now),
        ct);

    /// <summary>Declines what waits.</summary>
    /// <returns>Why not; null when nothing waits.</returns>
    public Task<Refusal?> DeclineAsync(
        DistrictId district, RetentionKind kind, string? actor, CancellationToken ct) => ChangeAsync(
        district, kind, actor, schedule => ValueTask.FromResult(RetentionRules.Decline(schedule, actor, Now)), ct);

    /// <summary>Keeps it until somebody decides again.</summary>
    /// <returns>Why not; null when no schedule is in force.</returns>
    public Task<Refusal?> EndAsync(
        DistrictId district, RetentionKind kind, string? actor, CancellationToken ct) => ChangeAsync(
        district, kind, actor, schedule => ValueTask.FromResult(RetentionRules.End(schedule, actor, Now)), ct);

    /// <summary>Whoever erases by a schedule reads it in the same turn.</summary>
    private async Task<Refusal?> ChangeAsync(
        DistrictId district, RetentionKind kind, string? actor,
        Func<RetentionSchedule, ValueTask<Decision<RetentionEvent>>> decide, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<RetentionSchedule>(RetentionSchedule.IdOf(kind), ct);
        var decision = await decide(stream.Aggregate ?? new(stream.Id));
        if (decision.Refusal is { } refusal) return refusal;

        stream.AppendMany(decision.Events);
        return await LegalHolds.SaveAsync(session, ct);
    }
}
