using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>How many rows of a table were about somebody.</summary>
/// <param name="Table">The table, as readers name it: roster.people.</param>
/// <param name="Rows">How many.</param>
internal sealed record ErasureCount(string Table, long Rows);

/// <summary>What can have happened to the erasure of a person. Nothing of it is personal data: it is to be read when
/// there is none any more.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record ErasureEvent
{
    /// <summary>Somebody asked for it.</summary>
    /// <param name="Person">Whom it is about.</param>
    /// <param name="Subjects">What goes: the person, the records that are the same, the accounts.</param>
    /// <param name="Reason">Why; never a name.</param>
    /// <param name="By">Id of who asked.</param>
    /// <param name="At">When.</param>
    public sealed record Requested(
        Guid Person, IReadOnlyList<Guid> Subjects, string Reason, string? By, DateTimeOffset At) : ErasureEvent;

    /// <summary>A second person agreed.</summary>
    public sealed record Approved(string? By, DateTimeOffset At) : ErasureEvent;

    /// <summary>It is not to be.</summary>
    public sealed record Declined(string? By, DateTimeOffset At) : ErasureEvent;

    /// <summary>A hold or another request came after it was approved: it has to be approved anew.</summary>
    public sealed record Held(DateTimeOffset At) : ErasureEvent;

    /// <summary>It was done.</summary>
    /// <param name="Person">Whom it is about.</param>
    /// <param name="Subjects">What went.</param>
    /// <param name="Entries">The lines of the ledger, one per subject.</param>
    /// <param name="Counts">How many rows were emptied.</param>
    /// <param name="Reason">Why; never a name.</param>
    /// <param name="By">Id of whoever had the last word.</param>
    /// <param name="At">When.</param>
    public sealed record Erased(
        Guid Person, IReadOnlyList<Guid> Subjects, IReadOnlyList<Guid> Entries, IReadOnlyList<ErasureCount> Counts,
        string Reason, string? By, DateTimeOffset At) : ErasureEvent;
}

/// <summary>The erasure of a person, folded from its events: from the request to what proves it.</summary>
internal sealed record ErasureRequest(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "erasure";

    public const string IsRequested = "requested";
    public const string IsApproved = "approved";
    public const string IsDeclined = "declined";
    public const string IsHeld = "held";
    public const string IsErased = "erased";

    /// <summary>Empty while nothing was asked for.</summary>
    public string State { get; init; } = "";

    public ErasureEvent.Requested? Requested { get; init; }

    /// <summary>Who decided last, and when.</summary>
    public (string? By, DateTimeOffset At)? Decided { get; init; }

    public ErasureEvent.Erased? Erased { get; init; }

    /// <summary>There is one of a person at a time.</summary>
    public static Guid IdOf(Guid person) => RosterId.Of("", "erasures", $"{person:N}");

    public static ErasureRequest Evolve(ErasureRequest request, object happened) => happened switch
    {
        ErasureEvent.Requested e => request with { State = IsRequested, Requested = e, Decided = null },
        ErasureEvent.Approved e => request with { State = IsApproved, Decided = (e.By, e.At) },
        ErasureEvent.Declined e => request with { State = IsDeclined, Decided = (e.By, e.At) },
        ErasureEvent.Held => request with { State = IsHeld },
        ErasureEvent.Erased e => request with { State = IsErased, Erased = e },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into ErasureRequest."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<ErasureEvent.Requested>("roster.erasure_requested");
        store.Events.MapEventType<ErasureEvent.Approved>("roster.erasure_approved");
        store.Events.MapEventType<ErasureEvent.Declined>("roster.erasure_declined");
        store.Events.MapEventType<ErasureEvent.Held>("roster.erasure_held");
        store.Events.MapEventType<ErasureEvent.Erased>("roster.person_erased");
        store.Aggregates.Add<ErasureRequest>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<ErasureList>(ProjectionLifecycle.Inline);
        store.Tables.Add<ErasureRow>("roster.erasures", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.State, x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.RequestedAt, x => x.Id)
            .FollowsStream());
    }
}
