using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to an alert: something is wrong with a source, somebody saw it, it is
/// over.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AlertEvent
{
    /// <summary>It was found.</summary>
    public sealed record Raised(string Kind, string Source, Guid? Run, DateTimeOffset At) : AlertEvent;

    /// <summary>Somebody said that it is being looked after; who, the event's metadata tells.</summary>
    public sealed record Acknowledged(DateTimeOffset At) : AlertEvent;

    /// <summary>It is so no longer.</summary>
    public sealed record Ended(DateTimeOffset At) : AlertEvent;
}

/// <summary>What is wrong; the words that are stored.</summary>
internal static class AlertKind
{
    /// <summary>What is known of a source is older than it may be.</summary>
    public const string SourceStale = "sourceStale";

    /// <summary>A run waits for a person.</summary>
    public const string RunHeld = "runHeld";

    /// <summary>An import was given up after all its attempts.</summary>
    public const string ImportGivenUp = "importGivenUp";
}

/// <summary>An alert, folded from its events.</summary>
internal sealed record Alert(
    Guid Id, string Kind, string Source, Guid? Run, DateTimeOffset? RaisedAt, DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "roster_alert";

    private static readonly Alert Unknown = new(default, "", "", null, null, null, null);

    public static Alert Evolve(Alert alert, object happened) => happened switch
    {
        AlertEvent.Raised e => alert with { Kind = e.Kind, Source = e.Source, Run = e.Run, RaisedAt = e.At },
        AlertEvent.Acknowledged e => alert with { AcknowledgedAt = e.At },
        AlertEvent.Ended e => alert with { EndedAt = e.At },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Alert."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AlertEvent.Raised>("roster.alert_raised");
        store.Events.MapEventType<AlertEvent.Acknowledged>("roster.alert_acknowledged");
        store.Events.MapEventType<AlertEvent.Ended>("roster.alert_ended");
        store.Aggregates.Add<Alert>(StreamKind, id => Unknown with { Id = id }, Evolve);
        store.Projections.Add<AlertList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AlertRow>("roster.alerts", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.RaisedAt, x => x.Id)
            .Index(x => x.Source, x => x.Kind, where: "ended_at is null")
            .FollowsStream());
    }
}
