using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>All events of the roster with the names they are stored under.</summary>
internal static class RosterEvents
{
    /// <summary>Maps them in a store.</summary>
    public static void AddTo(EventMap events)
    {
        foreach (var kind in RosterKinds.All) kind.MapEvents(events);
        SyncRunFinished.Map(events);
        SyncRunDecided.Map(events);
        SupplementMapped.Map(events);
        OverrideEvent.Map(events);
        MatchEvent.Map(events);
    }
}
