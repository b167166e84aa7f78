using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Where an erasure is asked for by one person and approved by another. It is done as a message that is owed:
/// whatever breaks in the middle, it is done in the end.</summary>
internal sealed class ErasureDesk(DocumentStore store, SecondPerson second, TimeProvider time)
{
    private DateTimeOffset Now => RunRecord.Kept(time.GetUtcNow());

    /// <summary>Asks for it.</summary>
    /// <returns>Why not; null when it waits, also when somebody had asked before.</returns>
    public async Task<Refusal?> RequestAsync(
        DistrictId district, Guid person, string reason, string? actor, CancellationToken ct)
    {
        var text = reason.Trim();
        if (text.Length is 0 or > PrivacyRefusals.LongestReason) return PrivacyRefusals.ErasureReason;

        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        if (!await turn.KnowsAsync(person, ct)) return PrivacyRefusals.NoPerson;

        var subjects = await turn.SubjectsAsync(person, ct);
        if (await turn.KeptByAsync(subjects, ct) is { } kept) return kept;

        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<ErasureRequest>(ErasureRequest.IdOf(person), ct);
        if (stream.Aggregate is { State: not ErasureRequest.IsDeclined } known)
            return known.State == ErasureRequest.IsErased ? Refusal.Erased : null;

        stream.AppendOne(new ErasureEvent.Requested(person, subjects, text, actor, Now));
        return await LegalHolds.SaveAsync(session, ct);
    }

    /// <summary>Approves it.</summary>
    /// <returns>Why not; null when it is owed, also when it was already.</returns>
    public async Task<Refusal?> ApproveAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<ErasureRequest>(id, ct);
        if (stream.Aggregate is not { } request) return PrivacyRefusals.NoErasure;
        if (request.State is ErasureRequest.IsApproved or ErasureRequest.IsErased) return null;
        if (request.State is ErasureRequest.IsDeclined) return PrivacyRefusals.Declined;

        var asked = request.Requested!;
        if (!await second.IsAsync(district, asked.By, actor, ct)) return PrivacyRefusals.SamePerson;
        if (await turn.KeptByAsync(asked.Subjects, ct) is { } kept) return kept;

        stream.AppendOne(new ErasureEvent.Approved(actor, Now));
        session.Outbox.Publish(ErasePerson.Message, $"{id:N} {stream.CurrentVersion}", new ErasePerson(id));
        return await LegalHolds.SaveAsync(session, ct);
    }

    /// <summary>Declines it.</summary>
    /// <returns>Why not; null when it is declined, also when it was already.</returns>
    public async Task<Refusal?> DeclineAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<ErasureRequest>(id, ct);
        if (stream.Aggregate is not { } request) return PrivacyRefusals.NoErasure;
        if (request.State is ErasureRequest.IsDeclined) return null;
        if (request.State is ErasureRequest.IsApproved or ErasureRequest.IsErased) return PrivacyRefusals.NotWaiting;

        stream.AppendOne(new ErasureEvent.Declined(actor, Now));
        return await LegalHolds.SaveAsync(session, ct);
    }
}
