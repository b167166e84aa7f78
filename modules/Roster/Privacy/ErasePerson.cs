using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>An erasure that was approved and is owed.</summary>
/// <param name="Erasure">The erasure.</param>
internal sealed record ErasePerson(Guid Erasure)
{
    /// <summary>What it is called in the outbox.</summary>
    public const string Message = "roster.erase_person";
}

/// <summary>Does erasures that were approved. A hold that was placed meanwhile has the last word.</summary>
internal sealed class PersonErasing(DocumentStore store, PersonErasure erasure, TimeProvider time)
    : IOutboxHandler<ErasePerson>
{
    public async Task<OutboxResult> SendAsync(ErasePerson message, OutboxDelivery delivery, CancellationToken ct)
    {
        await using var session = store.LightweightSession(delivery.Tenant, new("roster.erasure"));
        var stream = await session.Events.FetchForWriting<ErasureRequest>(message.Erasure, ct);
        if (stream.Aggregate is not { State: ErasureRequest.IsApproved } request) return OutboxResult.Done;

        if (await erasure.EraseAsync(delivery.Tenant, request.Requested!, request.Decided?.By ?? "", ct))
            return OutboxResult.Done;

        stream.AppendOne(new ErasureEvent.Held(RunRecord.Kept(time.GetUtcNow())));
        await session.SaveChangesAsync(ct);
        return OutboxResult.Done;
    }
}
