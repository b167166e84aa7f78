namespace K12Hub.EventStore;

/// <summary>One event of a bulk append. Events of the same stream keep the order they are given in.</summary>
/// <param name="StreamId">Its stream; started when it does not exist.</param>
/// <param name="Kind">Stored name of the stream's aggregate.</param>
/// <param name="Event">The event.</param>
/// <param name="ExpectedVersion">Version of the stream before the bulk append, or a word of
/// <see cref="EventStore.ExpectedVersion"/>; the largest counts when events of one stream differ.</param>
public sealed record BulkEvent(
    Guid StreamId, string Kind, object Event, int ExpectedVersion = EventStore.ExpectedVersion.Any);

/// <summary>What a bulk append did.</summary>
/// <param name="Events">Events stored.</param>
/// <param name="StreamsStarted">Streams that did not exist before.</param>
/// <param name="StreamsContinued">Streams that did.</param>
/// <param name="LastPosition">Position of the last event; 0 when there was none.</param>
public sealed record BulkAppendResult(long Events, long StreamsStarted, long StreamsContinued, long LastPosition);
