namespace K12Hub.EventStore;

/// <summary>What is known about a stream besides its events.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Stored name of its aggregate.</param>
/// <param name="Version">Number of its events.</param>
/// <param name="CreatedAt">When it was started, UTC.</param>
/// <param name="UpdatedAt">When it was last appended to, UTC.</param>
/// <param name="ArchivedAt">When it was closed; null while it is open.</param>
public sealed record StreamState(
    Guid Id, string Kind, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ArchivedAt);
