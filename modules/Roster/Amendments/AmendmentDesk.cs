using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Where families ask that a record be amended, and schools decide. Only about students whom the viewer
/// reaches; whether there are others is not told.</summary>
internal sealed class AmendmentDesk(
    DocumentStore store, RosterSettings settings, JobsSettings jobs, TimeProvider time)
{
    private DateTimeOffset Now => RunRecord.Kept(time.GetUtcNow());

    /// <summary>Asks for it. An open request keeps the student's data from being erased, so asking takes turns with
    /// erasing.</summary>
    /// <returns>The request, also when there was one that says the same; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> RequestAsync(
        DistrictId district, Viewer viewer, Guid student, string what, string why, CancellationToken ct)
    {
        var dueOn = jobs.TodayAt(time)
            .AddDays(settings.AmendmentDays);
        var decision = AmendmentRules.Request(student, what, why, dueOn, viewer.Id, Now);
        if (decision.Refusal is { } refusal) return (default, refusal);

        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        if (await turn.StudentAsync(student, ct) is not { } subject
            || !Policy.May(viewer, RosterPermissions.RequestAmendment, subject))
            return (default, AmendmentRefusals.NoStudent);

        var open = await OpenAsync(turn, student, ct);
        var asked = (AmendmentEvent.Requested)decision.Events[0];
        if (open.Known.FirstOrDefault(one => one.What == asked.What && one.Why == asked.Why) is { Id: var same }
            && same != default) return (same, null);
        if (open.Known.Count >= AmendmentRefusals.MostOpen) return (default, AmendmentRefusals.TooMany);

        var id = Amendment.IdOf(student, open.All);
        await using var session = store.LightweightSession(district, new(viewer.Id));
        session.Events.StartStream<Amendment>(id, asked);
        return (id, await LegalHolds.SaveAsync(session, ct));
    }

    /// <summary>Accepts it.</summary>
    /// <returns>Why not; null when it is so, also when it was already.</returns>
    public Task<Refusal?> AcceptAsync(DistrictId district, Viewer viewer, Guid id, CancellationToken ct) => ChangeAsync(
        district, viewer, RosterPermissions.DecideAmendment, id,
        amendment => AmendmentRules.Accept(amendment, viewer.Id, Now), ct);

    /// <summary>Declines it.</summary>
    /// <returns>Why not; null when it is so, also when it was already.</returns>
    public Task<Refusal?> DeclineAsync(
        DistrictId district, Viewer viewer, Guid id, string reason, CancellationToken ct) => ChangeAsync(
        district, viewer, RosterPermissions.DecideAmendment, id,
        amendment => AmendmentRules.Decline(amendment, reason, viewer.Id, Now), ct);

    /// <summary>Puts the family's word with the record.</summary>
    /// <returns>Why not; null when it is there, also when it was already.</returns>
    public Task<Refusal?> AddStatementAsync(
        DistrictId district, Viewer viewer, Guid id, string statement, CancellationToken ct) => ChangeAsync(
        district, viewer, RosterPermissions.RequestAmendment, id,
        amendment => AmendmentRules.AddStatement(amendment, statement, viewer.Id, Now), ct);

    private async Task<Refusal?> ChangeAsync(
        DistrictId district, Viewer viewer, string permission, Guid id,
        Func<Amendment, Decision<AmendmentEvent>> decide, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        await using var session = store.LightweightSession(district, new(viewer.Id));
        var stream = await session.Events.FetchForWriting<Amendment>(id, ct);
        if (stream.Aggregate is not { Requested: { } asked } amendment
            || await turn.StudentAsync(asked.Student, ct) is not { } subject
            || !Policy.May(viewer, permission, subject)) return AmendmentRefusals.NotFound;

        var decision = decide(amendment);
        if (decision.Refusal is { } refusal) return refusal;

        stream.AppendMany(decision.Events);
        return await LegalHolds.SaveAsync(session, ct);
    }

    private static async Task<(List<(Guid Id, string What, string Why)> Known, long All)> OpenAsync(
        PrivacyTurn turn, Guid student, CancellationToken ct)
    {
        var (known, all) = (new List<(Guid, string, string)>(), 0L);
        foreach (var one in await turn.AmendmentsAsync(student, ct))
        {
            all++;
            if (one.State == Amendment.IsRequested) known.Add((one.Id, one.What, one.Why));
        }

        return (known, all);
    }
}
