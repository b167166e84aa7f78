using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to a record that is about a person; the words of <see cref="RosterEvent{TFacts}"/>.
/// The record is encrypted whole, under the person's key: also whose number, place or day something is tells of
/// them.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
/// <typeparam name="TFacts">What the source says about the record.</typeparam>
internal abstract record PersonEvent<TFacts>
    where TFacts : class
{
    /// <summary>Whom it is about.</summary>
    public Guid Person { get; init; }

    /// <summary>The whole record as it then was; null once the person is erased.</summary>
    [PersonalData(Subject = nameof(Person))]
    public TFacts? Record { get; init; }

    /// <summary>The source sent it for the first time.</summary>
    public sealed record Added : PersonEvent<TFacts>;

    /// <summary>The source says something else than before.</summary>
    public sealed record Changed : PersonEvent<TFacts>;

    /// <summary>The source no longer sends it, or marks it as to be deleted. The record is as it last was.</summary>
    public sealed record Ended : PersonEvent<TFacts>;

    /// <summary>The source sends it again after it had ended.</summary>
    public sealed record Returned : PersonEvent<TFacts>;

    /// <summary>The run that sent it first was rolled back: it is as if it had never been sent. The record is as it
    /// last was.</summary>
    public sealed record Withdrawn : PersonEvent<TFacts>;
}
