using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Holds people's data against schedules and requests.</summary>
internal sealed class LegalHolds(DocumentStore store, TimeProvider time)
{
    /// <summary>Places a hold.</summary>
    /// <returns>The hold, also when there was one for the same reason; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> PlaceAsync(
        DistrictId district, Guid person, string reason, string? actor, CancellationToken ct)
    {
        var text = reason.Trim();
        if (text.Length is 0 or > PrivacyRefusals.LongestReason) return (default, PrivacyRefusals.HoldReason);

        await using var turn = await PrivacyTurn.TakeAsync(store, district, ct);
        if (!await turn.KnowsAsync(person, ct)) return (default, PrivacyRefusals.NoPerson);

        var holds = await turn.HoldsAsync(person, ct);
        if (holds.FirstOrDefault(one => one.Reason == text && !one.IsReleased) is { Id: var same } && same != default)
            return (same, null);

        var id = LegalHold.IdOf(person, holds.Count);
        await using var session = store.LightweightSession(district, new(actor));
        session.Events.StartStream<LegalHold>(
            id, new LegalHoldEvent.Placed(person, text, actor, RunRecord.Kept(time.GetUtcNow())));
        return (id, await SaveAsync(session, ct));
    }

    /// <summary>Releases a hold.</summary>
    /// <returns>Why not; null when it is released, also when it was already.</returns>
    public async Task<Refusal?> ReleaseAsync(
        DistrictId district, Guid id, string reason, string? actor, CancellationToken ct)
    {
        var text = reason.Trim();
        if (text.Length is 0 or > PrivacyRefusals.LongestReason) return PrivacyRefusals.HoldReason;

        await using var session = store.LightweightSession(district, new(actor));
        var hold = await session.Events.FetchForWriting<LegalHold>(id, ct);
        if (hold.Aggregate?.Placed is not { } placed) return PrivacyRefusals.NoHold;
        if (hold.Aggregate.Released is not null) return null;

        hold.AppendOne(new LegalHoldEvent.Released(placed.Person, text, actor, RunRecord.Kept(time.GetUtcNow())));
        return await SaveAsync(session, ct);
    }

    internal static async Task<Refusal?> SaveAsync(IDocumentSession session, CancellationToken ct)
    {
        try
        {
            await session.SaveChangesAsync(ct);
            return null;
        }
        catch (SubjectErasedException)
        {
            return Refusal.Erased;
        }
        catch (ConcurrencyException)
        {
            return Refusal.Conflict;
        }
    }
}
