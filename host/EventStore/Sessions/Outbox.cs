using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>Messages owed to the outside world: stored with the events that caused them, sent later, at least
/// once.</summary>
public sealed class Outbox
{
    private readonly JsonSerializerOptions _json;
    private readonly TimeProvider _time;

    internal Outbox(JsonSerializerOptions json, TimeProvider time) => (_json, _time) = (json, time);

    internal List<OutboxMessage> Pending { get; } = [];

    /// <summary>Queues a message. One that was queued before under the same kind and key is not stored again.</summary>
    /// <param name="kind">What to do, for instance <c>mail.send</c>.</param>
    /// <param name="dedupeKey">What makes it the same message, for instance the event's id.</param>
    /// <param name="payload">Everything the handler needs, as JSON.</param>
    /// <param name="dueAt">Not before; null for at once.</param>
    public void Publish(string kind, string dedupeKey, object payload, DateTimeOffset? dueAt = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(dedupeKey);
        ArgumentNullException.ThrowIfNull(payload);
        var due = (dueAt ?? _time.GetUtcNow()).ToUniversalTime();
        Pending.Add(new(kind, dedupeKey, JsonSerializer.Serialize(payload, payload.GetType(), _json), due));
    }
}

/// <summary>One queued message.</summary>
internal sealed record OutboxMessage(string Kind, string DedupeKey, string Payload, DateTimeOffset DueAt);
