using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What the roster said about one record from one run to another. A line of the history, never shown as it
/// is: what is asked for as of then is made of it.</summary>
internal sealed record SpanRow
{
    /// <summary>The end of what still holds.</summary>
    public const long Open = long.MaxValue;

    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>The event that said it, by its place in the record's stream.</summary>
    public int Version { get; init; }

    /// <summary>One of <see cref="SpanKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Whom it is about.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The school of a class or enrollment, the organization of a role, the main organization of a
    /// person.</summary>
    public Guid? PlaceId { get; init; }

    /// <summary>The class of an enrollment.</summary>
    public Guid? ClassId { get; init; }

    /// <summary>The role; of a session its type.</summary>
    public string? Role { get; init; }

    /// <summary>Whether it is the main role at the organization, or the main teacher.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>First day; of somebody missing the day of the first complete roster without them.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? EndDate { get; init; }

    /// <summary>The first grade of a person.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Grade { get; init; }

    /// <summary>Why a student left, of a supplement.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Reason { get; init; }

    /// <summary>Where a student went, of a supplement.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Destination { get; init; }

    /// <summary>Position of the event that said it.</summary>
    public long FromPosition { get; init; }

    /// <summary>Position of the event that said otherwise; <see cref="Open"/> while it holds. Not above
    /// <see cref="FromPosition"/> in what holds no more at all: an end, or what was taken back.</summary>
    public long UntilPosition { get; init; } = Open;

    /// <summary>The run that said it.</summary>
    public Guid RunId { get; init; }

    /// <summary>The run that said otherwise.</summary>
    public Guid? ClosedBy { get; init; }
}

/// <summary>The kinds of record whose history is kept.</summary>
internal static class SpanKind
{
    /// <summary>An organization.</summary>
    public const string Organization = "org";

    /// <summary>An academic session.</summary>
    public const string Session = "session";

    /// <summary>A class.</summary>
    public const string Class = "class";

    /// <summary>A person.</summary>
    public const string Person = "user";

    /// <summary>A role of a person.</summary>
    public const string Role = "role";

    /// <summary>A person's part in a class.</summary>
    public const string Enrollment = "enrollment";

    /// <summary>A person who was not sent.</summary>
    public const string Missing = "missing";

    /// <summary>What a supplementary file says of a person.</summary>
    public const string Supplement = "supplement";
}
