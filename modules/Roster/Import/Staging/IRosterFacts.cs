namespace K12Hub.Roster;

/// <summary>What a source says about one record: the payload of its events, and the columns of its row.</summary>
/// <remarks>
/// The properties, in their order and in snake_case, are the first columns of the staging table and of the row. The
/// last of them is when the source last changed the record: it is kept, but not compared, because many systems send
/// the time of the export there.
/// </remarks>
internal interface IRosterFacts<TRecord, TSelf>
    where TSelf : IRosterFacts<TRecord, TSelf>
{
    /// <summary>Columns after the facts that only the checks read: references as the source wrote them.</summary>
    static abstract string[] References { get; }

    /// <summary>Writes the facts, then the references.</summary>
    static abstract void Stage(TRecord record, RosterIds ids, CopyRow row);

    /// <summary>Reads the facts back.</summary>
    static abstract TSelf Read(StagedReader staged);
}
