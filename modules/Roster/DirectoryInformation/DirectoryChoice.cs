using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have been said of a student's directory information.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record DirectoryChoiceEvent
{
    /// <summary>It must not go out.</summary>
    /// <param name="Student">Whose.</param>
    /// <param name="Said">What was said.</param>
    /// <param name="By">Id of who wrote it down.</param>
    /// <param name="At">When that was.</param>
    public sealed record OptedOut(
        Guid Student, [property: PersonalData(Subject = nameof(OptedOut.Student))] DirectoryWish? Said, string? By,
        DateTimeOffset At) : DirectoryChoiceEvent;

    /// <summary>It may go out after all.</summary>
    /// <param name="Student">Whose.</param>
    /// <param name="Said">What was said.</param>
    /// <param name="By">Id of who wrote it down.</param>
    /// <param name="At">When that was.</param>
    public sealed record Withdrawn(
        Guid Student, [property: PersonalData(Subject = nameof(Withdrawn.Student))] DirectoryWish? Said, string? By,
        DateTimeOffset At) : DirectoryChoiceEvent;

    /// <summary>Whether it goes out only as far as a parent consented.</summary>
    /// <param name="Student">Whose.</param>
    /// <param name="Said">What was consented to; null when no consent is needed any more, or when it was
    /// erased.</param>
    /// <param name="By">Id of who wrote it down.</param>
    /// <param name="At">When that was.</param>
    public sealed record ConsentNeeded(
        Guid Student, [property: PersonalData(Subject = nameof(ConsentNeeded.Student))] DirectoryWish? Said,
        string? By, DateTimeOffset At) : DirectoryChoiceEvent;
}

/// <summary>What somebody wished.</summary>
/// <param name="Categories">Of what.</param>
/// <param name="Since">The day it was said.</param>
/// <param name="Who">Who said it, as the office writes it down: mother, form of 1 September.</param>
internal sealed record DirectoryWish(string[] Categories, DateOnly Since, string Who);

/// <summary>A category of which it was said that it must not go out.</summary>
/// <param name="Category">Which.</param>
/// <param name="Since">The day it was said.</param>
/// <param name="Who">Who said it.</param>
internal sealed record DirectoryRefusal(string Category, DateOnly Since, string Who);

/// <summary>What a student's family said, folded from its events.</summary>
internal sealed record DirectoryChoice(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "directory_choice";

    public Guid Student { get; init; }

    public IReadOnlyList<DirectoryRefusal> OptedOut { get; init; } = [];

    /// <summary>What was consented to; null where none is needed.</summary>
    public IReadOnlyList<string>? Consented { get; init; }

    public static Guid IdOf(Guid student) => RosterId.Of("", "directory", $"{student:N}");

    public static DirectoryChoice Evolve(DirectoryChoice choice, object happened) => happened switch
    {
        DirectoryChoiceEvent.OptedOut e => choice with
        {
            Student = e.Student,
            OptedOut = [.. choice.OptedOut, .. (e.Said?.Categories ?? [])
                .Select(category => new DirectoryRefusal(category, e.Said!.Since, e.Said.Who))],
        },
        DirectoryChoiceEvent.Withdrawn e => choice with
        {
            Student = e.Student,
            OptedOut = [.. choice.OptedOut.Where(one => e.Said?.Categories.Contains(one.Category) is not true)],
        },
        DirectoryChoiceEvent.ConsentNeeded e => choice with { Student = e.Student, Consented = e.Said?.Categories },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into {nameof(DirectoryChoice)}."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<DirectoryChoiceEvent.OptedOut>("roster.directory_opted_out");
        store.Events.MapEventType<DirectoryChoiceEvent.Withdrawn>("roster.directory_opt_out_withdrawn");
        store.Events.MapEventType<DirectoryChoiceEvent.ConsentNeeded>("roster.directory_consent_needed");
        store.Aggregates.Add<DirectoryChoice>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<DirectoryChoiceList>(ProjectionLifecycle.Inline);
        store.Tables.Add<DirectoryChoiceRow>("roster.directory_choices", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.StudentId)
            .FollowsStream());
    }
}
