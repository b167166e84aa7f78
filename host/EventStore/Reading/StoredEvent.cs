namespace K12Hub.EventStore;

/// <summary>One row of the log before its JSON is read.</summary>
internal sealed record StoredEvent(
    long Position,
    Guid StreamId,
    int Version,
    Guid EventId,
    string Type,
    short Schema,
    byte[] Json,
    EventMetadata Metadata,
    DateTimeOffset RecordedAt)
{
    /// <summary>Which event it is, without reading what it says.</summary>
    public PoisonEvent Identity => new(Position, StreamId, Type);
}
