namespace K12Hub.EventStore;

/// <summary>One stored event with its envelope.</summary>
/// <param name="Position">Its place in the log of the whole store, from 1, with holes; larger is later in its
/// stream.</param>
/// <param name="StreamId">The stream it belongs to.</param>
/// <param name="Version">Its place in its stream, from 1, without holes.</param>
/// <param name="EventId">Its own id, time-ordered unless a bulk statement made it.</param>
/// <param name="Type">The stable name it is stored under.</param>
/// <param name="Schema">The schema number it was written with; <see cref="Data"/> is always the newest.</param>
/// <param name="Data">The event, as the record its type name stands for.</param>
/// <param name="Metadata">Who and why.</param>
/// <param name="RecordedAt">When the database stored it, UTC.</param>
public sealed record RecordedEvent(
    long Position,
    Guid StreamId,
    int Version,
    Guid EventId,
    string Type,
    int Schema,
    object Data,
    EventMetadata Metadata,
    DateTimeOffset RecordedAt)
{
    internal PoisonEvent Identity => new(Position, StreamId, Type);

    /// <summary>Whether personal data in it was erased: what is marked in <see cref="Data"/> is null, empty, or
    /// <see cref="PersonalDataAttribute.Erased"/>.</summary>
    public bool IsErased { get; init; }

    /// <summary>Whose data was decrypted for it.</summary>
    internal IReadOnlyCollection<Guid> Subjects { get; init; } = [];
}
