namespace K12Hub.EventStore;

/// <summary>What a stream folded into.</summary>
/// <param name="State">The state; null when there was no event.</param>
/// <param name="Version">The version it is of.</param>
/// <param name="Subjects">Whose data went into it.</param>
/// <param name="SnapshotVersion">Version of the snapshot it was made from; 0 for none.</param>
internal sealed record FoldedState(
    object? State, int Version, IReadOnlyCollection<Guid> Subjects, int SnapshotVersion);
