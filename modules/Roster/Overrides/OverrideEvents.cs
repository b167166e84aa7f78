using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What the district says of a field, and why.</summary>
/// <param name="Field">Stored name of the field: email.</param>
/// <param name="Value">What is right; null when there is none.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When the source is believed again.</param>
internal sealed record OverrideFacts(string Field, string? Value, string Reason, DateTimeOffset Until);

/// <summary>What can have happened to an override. Its stream is that of the field of the person.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record OverrideEvent
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "field_override";

    /// <summary>Whom it is about.</summary>
    public Guid Person { get; init; }

    /// <summary>Somebody said otherwise than the source, or otherwise than before.</summary>
    public sealed record Overridden : OverrideEvent
    {
        /// <summary>What was said; null once the person is erased.</summary>
        [PersonalData(Subject = nameof(Person))]
        public OverrideFacts? Record { get; init; }
    }

    /// <summary>The source is believed again: somebody said so, or the time was over.</summary>
    public sealed record Ended : OverrideEvent
    {
        /// <summary>Whether the time was over.</summary>
        public bool IsExpired { get; init; }
    }

    public static void Map(EventMap events)
    {
        events.MapEventType<Overridden>("roster.field_overridden");
        events.MapEventType<Ended>("roster.field_override_ended");
    }
}
