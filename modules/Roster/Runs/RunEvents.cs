using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>A run of a roster source has ended, and this came of it. Stored for ever: add, never rename.</summary>
internal sealed record SyncRunFinished(
    string Source,
    string Format,
    string Origin,
    string Status,
    bool Forced,
    DateTimeOffset StartedAt,
    int DurationMs,
    IReadOnlyDictionary<string, ImportCounts> Counts,
    int FindingCount,
    DateTimeOffset? AppliedAt)
{
    /// <summary>Kind of the stream a run has of its own.</summary>
    public const string StreamKind = "sync_run";

    /// <summary>Gives the event its stored name.</summary>
    public static void Map(EventMap events) => events.MapEventType<SyncRunFinished>("roster.sync_run_finished");
}

/// <summary>Somebody, or a newer run, has decided what becomes of a run: it was held and is applied, declined or
/// superseded, or it was applied and is rolled back.</summary>
internal sealed record SyncRunDecided(string Source, string Status, string? Reason, DateTimeOffset? AppliedAt)
{
    /// <summary>Gives the event its stored name.</summary>
    public static void Map(EventMap events) => events.MapEventType<SyncRunDecided>("roster.sync_run_decided");
}
