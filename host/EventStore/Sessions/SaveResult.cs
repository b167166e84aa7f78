namespace K12Hub.EventStore;

/// <summary>What a unit of work left behind.</summary>
/// <param name="LastPosition">Position of its last event; 0 when it wrote none. Readers of lagging tables compare
/// with it.</param>
/// <param name="Streams">New version of every stream it wrote.</param>
/// <param name="AlreadyDone">The command id was carried out before: nothing was written now.</param>
/// <param name="ResultJson">With <paramref name="AlreadyDone"/>, the result stored then.</param>
public sealed record SaveResult(
    long LastPosition,
    IReadOnlyDictionary<Guid, int> Streams,
    bool AlreadyDone = false,
    string? ResultJson = null)
{
    internal static SaveResult Nothing { get; } = new(0, new Dictionary<Guid, int>());
}

/// <summary>What is known of a command that was carried out.</summary>
/// <param name="ResultJson">What was stored with it; null for nothing.</param>
public sealed record CommandOutcome(string? ResultJson);
