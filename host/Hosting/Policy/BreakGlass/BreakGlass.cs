using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>What can have happened when somebody needs to see what is private. These shapes are stored for ever: add,
/// never rename; a changed meaning is a new record and an upcaster.</summary>
internal abstract record BreakGlassEvent
{
    /// <summary>Somebody asked for it.</summary>
    public sealed record Requested(
        string ObjectType, Guid ObjectId, Guid? Topic, string By, string Reason, int Hours, DateTimeOffset At)
        : BreakGlassEvent;

    /// <summary>A second person agreed: it is open to the first one until then.</summary>
    public sealed record Approved(string By, DateTimeOffset At, DateTimeOffset Until) : BreakGlassEvent;

    /// <summary>Somebody who had no part in it looked at it.</summary>
    public sealed record Seen(string By, DateTimeOffset At) : BreakGlassEvent;
}

/// <summary>A private object that is, or was, opened to somebody for some hours; folded from its events.</summary>
internal sealed record BreakGlass(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "break_glass";

    /// <summary>The table of <see cref="BreakGlassRow"/>.</summary>
    public const string Rows = "policy.break_glass_v2";

    public BreakGlassEvent.Requested? Request { get; init; }

    public BreakGlassEvent.Approved? Approval { get; init; }

    public BreakGlassEvent.Seen? Seen { get; init; }

    public static BreakGlass Evolve(BreakGlass use, object happened) => happened switch
    {
        BreakGlassEvent.Requested e => use with { Request = e },
        BreakGlassEvent.Approved e => use with { Approval = e },
        BreakGlassEvent.Seen e => use with { Seen = e },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into BreakGlass."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<BreakGlassEvent.Requested>("policy.break_glass_requested");
        store.Events.MapEventType<BreakGlassEvent.Approved>("policy.break_glass_approved");
        store.Events.MapEventType<BreakGlassEvent.Seen>("policy.break_glass_seen");
        store.Aggregates.Add<BreakGlass>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<BreakGlassList>(ProjectionLifecycle.Inline);
        store.Tables.Add<BreakGlassRow>("policy.break_glass", 2, t => t
            .Key(x => x.Id)
            .Index(x => x.TopicId, x => x.Id)
            .Index(x => x.RequestedBy, x => x.OpenUntil)
            // What nobody has looked at yet; few.
            .Index(x => x.Id, where: "approved_at is not null and seen_at is null")
            // One that waits for somebody's answer is enough.
            .Index(x => x.RequestedBy, x => x.ObjectKey, where: "open_until is null", unique: true)
            .FollowsStream());
    }
}
