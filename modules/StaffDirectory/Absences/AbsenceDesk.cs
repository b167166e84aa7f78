using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Keeps who is away on which days, and who stands in.</summary>
internal sealed class AbsenceDesk(
    DocumentStore store, IRosterToday roster, JobsSettings jobs, TimeProvider time)
{
    private DateOnly Today => jobs.TodayAt(time);

    /// <summary>Says that somebody is away.</summary>
    /// <param name="district">The district.</param>
    /// <param name="order">Who, when, and who stands in.</param>
    /// <param name="mayAt">Whether whoever asks may do so for somebody with assignments at some organizations.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The absence, also where there is one that says the same; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> PlanAsync(
        DistrictId district, AbsenceOrder order, Func<IReadOnlyList<Guid>, bool> mayAt, string? actor,
        CancellationToken ct)
    {
        var staff = await roster.StaffAsync(
            district.Value, order.Deputy is { } named ? [order.Person, named] : [order.Person], ct);
        await using var turn = await StaffTurn.TakeAsync(store, district, ct);
        if (!staff.ContainsKey(order.Person) || !mayAt(await turn.PlacesOfAsync(order.Person, Today, ct)))
            return (default, AssignmentRefusals.NoPerson.At("personId"));

        if (AbsenceRules.WhyNot(order) is { } wrong) return (default, wrong);
        if (order.Deputy is { } deputy && !staff.ContainsKey(deputy))
            return (default, AssignmentRefusals.NoPerson.At("deputyId"));

        var (known, count) = await turn.AbsencesOfAsync(order.Person, ct);
        if (known.FirstOrDefault(one => IsSame(one, order)) is { } same) return (same.Id, null);
        if (known.Any(one => one.Overlaps(order.FirstDay, order.LastDay))) return (default, AbsenceRefusals.Overlaps);
        if (AbsenceRules.LeadsBack(order, await AwayAsync(turn, order.Deputy, order.FirstDay, order.LastDay, ct)))
            return (default, AbsenceRefusals.Loop);

        var id = Absence.IdOf(order.Person, count);
        await using var session = store.LightweightSession(district, new(actor));
        session.Events.StartStream<Absence>(
            id, new AbsenceEvent.Planned(order.Person, order.FirstDay, order.LastDay, order.Deputy));
        return (id, await AreaBook.SaveAsync(session, ct));
    }

    /// <summary>Says that an absence ends on another day, or that the person is there after all.</summary>
    /// <param name="district">The district.</param>
    /// <param name="id">The absence.</param>
    /// <param name="lastDay">The last day; null where the person is there after all.</param>
    /// <param name="mayAt">Whether whoever asks may do so for somebody with assignments at some organizations.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Why not; null when it is so, also when it was.</returns>
    public async Task<Refusal?> ChangeAsync(
        DistrictId district, Guid id, DateOnly? lastDay, Func<IReadOnlyList<Guid>, bool> mayAt, string? actor,
        CancellationToken ct)
    {
        await using var turn = await StaffTurn.TakeAsync(store, district, ct);
        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<Absence>(id, ct);
        if (stream.Aggregate is not { Planned: { } planned } absence
            || !mayAt(await turn.PlacesOfAsync(planned.Person, Today, ct)))
            return AbsenceRefusals.NotFound;

        if (lastDay is not { } last)
        {
            if (!absence.IsCancelled) stream.AppendOne(new AbsenceEvent.Cancelled());
            return await AreaBook.SaveAsync(session, ct);
        }

        var (known, _) = await turn.AbsencesOfAsync(planned.Person, ct);
        var away = await AwayAsync(turn, planned.Deputy, planned.FirstDay ?? last, last, ct);
        var decision = AbsenceRules.Move(absence, last, known, away);
        if (decision.Refusal is { } refusal) return refusal;

        stream.AppendMany(decision.Events);
        return await AreaBook.SaveAsync(session, ct);
    }

    private static bool IsSame(KnownAbsence one, AbsenceOrder order) =>
        (one.FirstDay, one.LastDay, one.Deputy) == (order.FirstDay, order.LastDay, order.Deputy);

    private static async Task<IReadOnlyCollection<KnownAbsence>> AwayAsync(
        StaffTurn turn, Guid? deputy, DateOnly from, DateOnly to, CancellationToken ct) =>
        deputy is { } one ? await turn.AwayAsync(one, from, to, ct) : [];
}
