using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>The one way by which a person is erased, for requests, schedules and the command line: not while there is a
/// hold or an open request, with everything that is the same person, and with a certificate afterwards.</summary>
public sealed class PersonErasure
{
    private readonly DocumentStore store;
    private readonly IEnumerable<IBeforeErasure> before;
    private readonly TimeProvider time;

    internal PersonErasure(DocumentStore store, IEnumerable<IBeforeErasure> before, TimeProvider time) =>
        (this.store, this.before, this.time) = (store, before, time);

    /// <summary>Erases a person, with the records that are the same and the accounts.</summary>
    /// <param name="district">The district.</param>
    /// <param name="person">The person, or anybody else of whom there is personal data.</param>
    /// <param name="reason">Why, for instance the number of a request; never a name.</param>
    /// <param name="actor">Who does it, as an id.</param>
    /// <param name="ct">Cancels; what the ledger has is then done at the next start.</param>
    /// <returns>The line of the ledger; null where there is a hold or an open request, and nothing was
    /// erased.</returns>
    public async Task<ErasureEntry?> EraseAsync(
        DistrictId district, Guid person, string reason, string actor, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        var subjects = await turn.SubjectsAsync(person, ct);
        if (await turn.KeptByAsync(subjects, ct) is not null) return null;

        var entries = await EraseAsync(turn, district, person, subjects, reason, actor, ct);
        return entries.Single(entry => entry.Subject == person);
    }

    /// <summary>Does what was approved, and nothing else that is found to be the same person since.</summary>
    /// <returns>False where there is a hold or an open request, and nothing was erased.</returns>
    internal async Task<bool> EraseAsync(
        DistrictId district, ErasureEvent.Requested approved, string actor, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        if (await turn.KeptByAsync(approved.Subjects, ct) is not null) return false;

        await EraseAsync(turn, district, approved.Person, approved.Subjects, approved.Reason, actor, ct);
        return true;
    }

    /// <summary>Erases somebody whose time has come by a schedule, if that is still so. No import brings the person
    /// back meanwhile.</summary>
    internal async Task<ScheduledErasure> EraseDueAsync(
        DistrictId district, Guid person, string actor, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        if (!await turn.TryHoldUpImportsAsync(ct)) return ScheduledErasure.Busy;
        if (await turn.DueAsync(person, time.GetUtcNow(), ct) is not { KeptBy: null } due) return ScheduledErasure.Kept;

        var subjects = await turn.SubjectsAsync(person, ct);
        await EraseAsync(turn, district, person, subjects, $"Retention schedule: {due.Schedule}", actor, ct);
        return ScheduledErasure.Erased;
    }

    private async Task<IReadOnlyList<ErasureEntry>> EraseAsync(
        PrivacyTurn turn, DistrictId district, Guid person, IReadOnlyList<Guid> subjects, string reason, string actor,
        CancellationToken ct)
    {
        var counts = await turn.CountAsync(store.Options.Tables, subjects, ct);
        var entries = new List<ErasureEntry>();
        foreach (var subject in subjects)
        {
            foreach (var one in before) await one.BeforeErasingAsync(district, subject, actor, ct);
            entries.Add(await store.Erasure.EraseSubjectAsync(district, subject, reason, actor, ct));
        }

        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<ErasureRequest>(ErasureRequest.IdOf(person), ct);
        stream.AppendOne(new ErasureEvent.Erased(
            person, subjects, [.. entries.Select(entry => entry.Id)], counts, reason, actor,
            RunRecord.Kept(time.GetUtcNow())));
        await session.SaveChangesAsync(ct);
        return entries;
    }
}
