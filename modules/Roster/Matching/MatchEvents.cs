using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to two records that may be one person. Says nothing of anybody but which records
/// they are.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
/// <param name="First">One record.</param>
/// <param name="Second">The other one.</param>
internal abstract record MatchEvent(Guid First, Guid Second)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "person_match";

    /// <summary>They are one person: an identifier says so, or somebody.</summary>
    public sealed record Linked(Guid First, Guid Second, string Rule) : MatchEvent(First, Second);

    /// <summary>They are not, somebody says; it is not suggested again.</summary>
    public sealed record Rejected(Guid First, Guid Second) : MatchEvent(First, Second);

    /// <summary>They were taken for one person and are not; they are not linked again by themselves.</summary>
    public sealed record Undone(Guid First, Guid Second) : MatchEvent(First, Second);

    public static void Map(EventMap events)
    {
        events.MapEventType<Linked>("roster.people_linked");
        events.MapEventType<Rejected>("roster.people_match_rejected");
        events.MapEventType<Undone>("roster.people_match_undone");
    }
}
