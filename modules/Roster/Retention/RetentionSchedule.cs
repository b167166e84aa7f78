using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to the schedule of a kind of records.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record RetentionEvent
{
    /// <summary>Somebody proposes how long it is to be kept.</summary>
    /// <param name="Kind">Word of the kind.</param>
    /// <param name="KeepFor">How long, as ISO 8601 writes it.</param>
    /// <param name="Basis">The law or rule that says so.</param>
    /// <param name="By">Id of who proposes.</param>
    /// <param name="At">When.</param>
    public sealed record Proposed(string Kind, string KeepFor, string Basis, string? By, DateTimeOffset At)
        : RetentionEvent;

    /// <summary>A second person put it into force.</summary>
    public sealed record Approved(string? By, DateTimeOffset At) : RetentionEvent;

    /// <summary>It is not to be; what was in force stays.</summary>
    public sealed record Declined(string? By, DateTimeOffset At) : RetentionEvent;

    /// <summary>It is kept until somebody decides again.</summary>
    public sealed record Ended(string? By, DateTimeOffset At) : RetentionEvent;
}

/// <summary>The schedule of a kind of records, folded from its events: what is in force, and what waits for a second
/// person.</summary>
internal sealed record RetentionSchedule(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "retention_schedule";

    public RetentionEvent.Proposed? InForce { get; init; }

    public RetentionEvent.Approved? Approved { get; init; }

    public RetentionEvent.Proposed? Waiting { get; init; }

    /// <summary>There is one of a kind.</summary>
    public static Guid IdOf(RetentionKind kind) => RosterId.Of("", "retention", kind.Word());

    public static RetentionSchedule Evolve(RetentionSchedule schedule, object happened) => happened switch
    {
        RetentionEvent.Proposed e => schedule with { Waiting = e },
        RetentionEvent.Approved e => schedule with { InForce = schedule.Waiting, Approved = e, Waiting = null },
        RetentionEvent.Declined => schedule with { Waiting = null },
        RetentionEvent.Ended => schedule with { InForce = null, Approved = null },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into RetentionSchedule."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<RetentionEvent.Proposed>("roster.retention_proposed");
        store.Events.MapEventType<RetentionEvent.Approved>("roster.retention_approved");
        store.Events.MapEventType<RetentionEvent.Declined>("roster.retention_declined");
        store.Events.MapEventType<RetentionEvent.Ended>("roster.retention_ended");
        store.Aggregates.Add<RetentionSchedule>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<RetentionList>(ProjectionLifecycle.Inline);
        store.Tables.Add<RetentionScheduleRow>("roster.retention_schedules", 1, t => t.Key(x => x.Id).FollowsStream());
    }
}
