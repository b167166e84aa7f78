using K12Hub.EventStore;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting;

/// <summary>What the team of a topic is told when something private of theirs was opened: ids and words, nothing of a
/// person.</summary>
/// <param name="Id">The use, as <c>breakGlassUses</c> has it.</param>
/// <param name="ObjectType">The type of the object.</param>
/// <param name="ObjectId">Its key.</param>
/// <param name="Topic">The topic, whose team is told; null for what belongs to none.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="ApprovedBy">Who agreed.</param>
internal sealed record BreakGlassNotice(
    Guid Id, string ObjectType, Guid ObjectId, Guid? Topic, string RequestedBy, string ApprovedBy);

/// <summary>Finds the team of the topic and writes the notice for each of them. Mail and others are further handlers of
/// the same message.</summary>
internal sealed partial class BreakGlassLog(DocumentStore store, TimeProvider time, ILogger<BreakGlassLog> logger)
    : IOutboxHandler<BreakGlassNotice>
{
    private const string Team =
        """
        select distinct account_id from policy.grants_v1
         where tenant_id = $1 and topic_ids @> array[$2::uuid] and role in ('topicOwner', 'teamMember')
           and ended_at is null and from_at <= $3 and (until is null or until > $3)
         order by account_id
        """;

    public async Task<OutboxResult> SendAsync(BreakGlassNotice message, OutboxDelivery delivery, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(delivery);
        if (message.Topic is not { } topic) return OutboxResult.Done;

        var batch = DistrictBatch.For(store, delivery.Tenant)
            .With(Team, delivery.Tenant.Value, topic, time.GetUtcNow().UtcDateTime);
        await using var disposing = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(ct).ConfigureAwait(false))
        {
            LogOpened(rows.GetGuid(0), message.ObjectType, message.ObjectId, message.Id);
        }

        return OutboxResult.Done;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "For account {Account}: the private {Type} {Key} of your topic was opened, see {Use}.")]
    private partial void LogOpened(Guid account, string type, Guid key, Guid use);
}
