using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to a request to amend a record of a student. Whatever families and schools say is
/// the student's personal data.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AmendmentEvent
{
    /// <summary>A family says that something is wrong, misleading or nobody's business.</summary>
    /// <param name="Student">Whose record it is.</param>
    /// <param name="What">Which part of the record.</param>
    /// <param name="Why">Why it is to be another, and what it is to say.</param>
    /// <param name="DueOn">The day by which it is to be decided, as it was when it was asked for.</param>
    /// <param name="By">Id of who asked.</param>
    /// <param name="At">When.</param>
    public sealed record Requested(
        Guid Student, [property: PersonalData(Subject = nameof(Requested.Student))] string What,
        [property: PersonalData(Subject = nameof(Requested.Student))] string Why, DateOnly DueOn, string? By,
        DateTimeOffset At) : AmendmentEvent;

    /// <summary>The record will be put right.</summary>
    public sealed record Accepted(string? By, DateTimeOffset At) : AmendmentEvent;

    /// <summary>The record stays as it is.</summary>
    /// <param name="Student">Whose record it is.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">Id of who decided.</param>
    /// <param name="At">When.</param>
    public sealed record Declined(
        Guid Student, [property: PersonalData(Subject = nameof(Declined.Student))] string Reason, string? By,
        DateTimeOffset At) : AmendmentEvent;

    /// <summary>The family puts its own word with the record.</summary>
    /// <param name="Student">Whose record it is.</param>
    /// <param name="Statement">What the family says; it goes wherever the record goes.</param>
    /// <param name="By">Id of who put it there.</param>
    /// <param name="At">When.</param>
    public sealed record StatementAdded(
        Guid Student, [property: PersonalData(Subject = nameof(StatementAdded.Student))] string Statement, string? By,
        DateTimeOffset At) : AmendmentEvent;
}

/// <summary>A request to amend a record, folded from its events.</summary>
internal sealed record Amendment(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "amendment";

    public const string IsRequested = "requested";
    public const string IsAccepted = "accepted";
    public const string IsDeclined = "declined";

    /// <summary>Empty while nothing was asked for.</summary>
    public string State { get; init; } = "";

    public AmendmentEvent.Requested? Requested { get; init; }

    /// <summary>Who decided last, and when.</summary>
    public (string? By, DateTimeOffset At)? Decided { get; init; }

    /// <summary>Why it was declined; also when it was accepted after that.</summary>
    public string? Reason { get; init; }

    public AmendmentEvent.StatementAdded? Statement { get; init; }

    /// <summary>The n-th request about a student.</summary>
    public static Guid IdOf(Guid student, long number) => RosterId.Of("", "amendments", $"{student:N} {number}");

    public static Amendment Evolve(Amendment amendment, object happened) => happened switch
    {
        AmendmentEvent.Requested e => amendment with { State = IsRequested, Requested = e },
        AmendmentEvent.Accepted e => amendment with { State = IsAccepted, Decided = (e.By, e.At) },
        AmendmentEvent.Declined e => amendment with { State = IsDeclined, Decided = (e.By, e.At), Reason = e.Reason },
        AmendmentEvent.StatementAdded e => amendment with { Statement = e },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Amendment."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AmendmentEvent.Requested>("roster.amendment_requested");
        store.Events.MapEventType<AmendmentEvent.Accepted>("roster.amendment_accepted");
        store.Events.MapEventType<AmendmentEvent.Declined>("roster.amendment_declined");
        store.Events.MapEventType<AmendmentEvent.StatementAdded>("roster.amendment_statement_added");
        store.Aggregates.Add<Amendment>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<AmendmentList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AmendmentRow>("roster.amendments", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.State, x => x.DueOn, x => x.Id)
            .Index(x => x.StudentId, x => x.Id)
            .Index(x => x.DueOn, x => x.Id)
            .Index(x => x.RequestedAt, x => x.Id)
            .FollowsStream());
    }
}
