using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>What can have happened to an assignment. From when to when and how much of a job it is are the person's
/// data.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AssignmentEvent
{
    /// <summary>Somebody has a position at an organization.</summary>
    /// <param name="Person">Who.</param>
    /// <param name="Position">What.</param>
    /// <param name="Organization">Where.</param>
    /// <param name="FirstDay">From this day on; null once the person is erased.</param>
    /// <param name="LastDay">To this day; null while it is open.</param>
    /// <param name="Share">How much of a whole job, above 0 to 1.</param>
    /// <param name="IsPrimary">Whether it is what the person mainly is.</param>
    public sealed record Assigned(
        Guid Person, Guid Position, Guid Organization,
        [property: PersonalData(Subject = nameof(Assigned.Person))] DateOnly? FirstDay,
        [property: PersonalData(Subject = nameof(Assigned.Person))] DateOnly? LastDay,
        [property: PersonalData(Subject = nameof(Assigned.Person))] decimal? Share,
        bool IsPrimary) : AssignmentEvent;

    /// <summary>It ends, or ends on another day than was said before.</summary>
    /// <param name="Person">Who.</param>
    /// <param name="LastDay">The last day.</param>
    public sealed record Ended(
        Guid Person, [property: PersonalData(Subject = nameof(Ended.Person))] DateOnly? LastDay) : AssignmentEvent;
}

/// <summary>A person in a position at an organization, folded from its events.</summary>
internal sealed record Assignment(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "assignment";

    public AssignmentEvent.Assigned? Assigned { get; init; }

    /// <summary>As it was said last; null while it is open.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The n-th time that somebody has a position at an organization.</summary>
    public static Guid IdOf(Guid person, Guid position, Guid organization, int number)
    {
        var name = $"k12hub directory assignment {person:N} {position:N} {organization:N} {number}";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);
    }

    public static Assignment Evolve(Assignment assignment, object happened) => happened switch
    {
        AssignmentEvent.Assigned e => assignment with { Assigned = e, LastDay = e.LastDay },
        AssignmentEvent.Ended e => assignment with { LastDay = e.LastDay },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Assignment."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AssignmentEvent.Assigned>("directory.position_assigned");
        store.Events.MapEventType<AssignmentEvent.Ended>("directory.assignment_ended");
        store.Aggregates.Add<Assignment>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<AssignmentList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AssignmentRow>("directory.assignments", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.PositionId, x => x.OrganizationId, x => x.Id)
            .Index(x => x.OrganizationId, x => x.Id)
            .Index(x => x.FirstDay, x => x.Id)
            .FollowsStream());
    }
}
