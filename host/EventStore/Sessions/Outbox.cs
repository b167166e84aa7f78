using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>Messages owed to the outside world: stored with the events that caused them, sent later, at least
/// once.</summary>
public sealed class Outbox
{
    private readonly EventMap _events;
    private readonly TimeProvider _time;

    internal Outbox(EventMap events, TimeProvider time) => (_events, _time) = (events, time);

    internal List<OutboxMessage> Pending { get; } = [];

    /// <summary>Queues a message. One that was queued before under the same kind and key is not stored again.</summary>
    /// <param name="kind">What to do, for instance <c>mail.send</c>.</param>
    /// <param name="dedupeKey">What makes it the same message, for instance the event's id.</param>
    /// <param name="payload">Everything the handler needs, as JSON. It is emptied when somebody is erased whose data it
    /// holds, as <see cref="PersonalDataAttribute"/> on its properties says.</param>
    /// <param name="dueAt">Not before; null for at once.</param>
    public void Publish(string kind, string dedupeKey, object payload, DateTimeOffset? dueAt = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(dedupeKey);
        ArgumentNullException.ThrowIfNull(payload);
        var due = (dueAt ?? _time.GetUtcNow()).ToUniversalTime();
        var json = JsonSerializer.Serialize(payload, payload.GetType(), _events.Json);
        var subjects = _events.PersonalOf(payload.GetType()).SubjectsOf(payload).Distinct().ToArray();
        Pending.Add(new(kind, dedupeKey, json, due, subjects));
    }
}

/// <summary>One queued message.</summary>
internal sealed record OutboxMessage(
    string Kind, string DedupeKey, string Payload, DateTimeOffset DueAt, Guid[] Subjects);
