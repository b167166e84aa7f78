using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>What can have happened to an absence. Why somebody is away is nowhere; when is the person's data.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AbsenceEvent
{
    /// <summary>Somebody is away for some days.</summary>
    /// <param name="Person">Who.</param>
    /// <param name="FirstDay">From this day on; null once the person is erased.</param>
    /// <param name="LastDay">To this day; null once the person is erased.</param>
    /// <param name="Deputy">Who stands in; null for nobody.</param>
    public sealed record Planned(
        Guid Person,
        [property: PersonalData(Subject = nameof(Planned.Person))] DateOnly? FirstDay,
        [property: PersonalData(Subject = nameof(Planned.Person))] DateOnly? LastDay,
        Guid? Deputy) : AbsenceEvent;

    /// <summary>It ends on another day than was said before.</summary>
    /// <param name="Person">Who.</param>
    /// <param name="LastDay">The last day.</param>
    public sealed record Moved(
        Guid Person, [property: PersonalData(Subject = nameof(Moved.Person))] DateOnly? LastDay) : AbsenceEvent;

    /// <summary>The person is there after all.</summary>
    public sealed record Cancelled : AbsenceEvent;
}

/// <summary>Days on which somebody is away, folded from their events.</summary>
internal sealed record Absence(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "absence";

    public AbsenceEvent.Planned? Planned { get; init; }

    /// <summary>As it was said last; null once the person is erased.</summary>
    public DateOnly? LastDay { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>The n-th time that somebody is away.</summary>
    public static Guid IdOf(Guid person, int number) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes($"k12hub directory absence {person:N} {number}")).AsSpan(0, 16),
        bigEndian: true);

    public static Absence Evolve(Absence absence, object happened) => happened switch
    {
        AbsenceEvent.Planned e => absence with { Planned = e, LastDay = e.LastDay },
        AbsenceEvent.Moved e => absence with { LastDay = e.LastDay },
        AbsenceEvent.Cancelled => absence with { IsCancelled = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Absence."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AbsenceEvent.Planned>("directory.absence_planned");
        store.Events.MapEventType<AbsenceEvent.Moved>("directory.absence_moved");
        store.Events.MapEventType<AbsenceEvent.Cancelled>("directory.absence_cancelled");
        store.Aggregates.Add<Absence>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<AbsenceList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AbsenceRow>("directory.absences", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.DeputyId, x => x.Id)
            .Index(x => x.FirstDay, x => x.Id)
            .FollowsStream());
    }
}
