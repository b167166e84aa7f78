namespace K12Hub.Roster;

/// <summary>What can have happened to a roster record. Each carries the whole record as it then was, so the newest
/// event of a stream is the record.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
/// <typeparam name="TFacts">What the source says about the record.</typeparam>
internal abstract record RosterEvent<TFacts>(TFacts Record)
{
    /// <summary>The source sent it for the first time.</summary>
    public sealed record Added(TFacts Record) : RosterEvent<TFacts>(Record);

    /// <summary>The source says something else than before.</summary>
    public sealed record Changed(TFacts Record) : RosterEvent<TFacts>(Record);

    /// <summary>The source no longer sends it, or marks it as to be deleted. The record is as it last was.</summary>
    public sealed record Ended(TFacts Record) : RosterEvent<TFacts>(Record);

    /// <summary>The source sends it again after it had ended.</summary>
    public sealed record Returned(TFacts Record) : RosterEvent<TFacts>(Record);

    /// <summary>The run that sent it first was rolled back: it is as if it had never been sent. The record is as it
    /// last was.</summary>
    public sealed record Withdrawn(TFacts Record) : RosterEvent<TFacts>(Record);
}

/// <summary>What a run does to one record; the words of <see cref="RosterEvent{TFacts}"/>.</summary>
internal enum RosterChange
{
    Added,
    Changed,
    Ended,
    Returned,
    Withdrawn,
}
