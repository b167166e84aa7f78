using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to a hold.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record LegalHoldEvent
{
    /// <summary>Nothing of the person may go.</summary>
    /// <param name="Person">Whom it is about.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">Id of who said so.</param>
    /// <param name="At">When.</param>
    public sealed record Placed(
        Guid Person, [property: PersonalData(Subject = nameof(Placed.Person))] string Reason, string? By,
        DateTimeOffset At) : LegalHoldEvent;

    /// <summary>It need not be kept any longer for this reason.</summary>
    /// <param name="Person">Whom it is about.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">Id of who said so.</param>
    /// <param name="At">When.</param>
    public sealed record Released(
        Guid Person, [property: PersonalData(Subject = nameof(Released.Person))] string Reason, string? By,
        DateTimeOffset At) : LegalHoldEvent;
}

/// <summary>A hold, folded from its events: what is known of somebody must be kept, whatever a schedule or a request
/// says.</summary>
internal sealed record LegalHold(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "legal_hold";

    public LegalHoldEvent.Placed? Placed { get; init; }

    public LegalHoldEvent.Released? Released { get; init; }

    /// <summary>The n-th hold of a person.</summary>
    public static Guid IdOf(Guid person, long number) => RosterId.Of("", "holds", $"{person:N} {number}");

    public static LegalHold Evolve(LegalHold hold, object happened) => happened switch
    {
        LegalHoldEvent.Placed e => hold with { Placed = e },
        LegalHoldEvent.Released e => hold with { Released = e },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into LegalHold."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<LegalHoldEvent.Placed>("roster.hold_placed");
        store.Events.MapEventType<LegalHoldEvent.Released>("roster.hold_released");
        store.Aggregates.Add<LegalHold>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<LegalHoldList>(ProjectionLifecycle.Inline);
        store.Tables.Add<LegalHoldRow>("roster.legal_holds", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.PlacedAt, x => x.Id)
            .FollowsStream());
    }
}
