namespace K12Hub.EventStore;

/// <summary>Some events in settled order.</summary>
/// <param name="Events">The events, lowest position first.</param>
/// <param name="SettledTo">Everything wanted up to here has been seen: the place to go on from, also when no event
/// was wanted on the way.</param>
public sealed record SettledPage(IReadOnlyList<RecordedEvent> Events, long SettledTo);
