namespace K12Hub.EventStore;

/// <summary>The steps of a rebuild, in their order. Until the last has ended, readers see the rows of before; a rebuild
/// that ends early, however, leaves them as they were.</summary>
public enum RebuildStep
{
    /// <summary>Waiting for another rebuild of the same projection, making the new tables.</summary>
    Preparing,

    /// <summary>Making all rows anew from the log.</summary>
    Filling,

    /// <summary>Making keys and indexes.</summary>
    Indexing,

    /// <summary>Adding what happened meanwhile.</summary>
    CatchingUp,

    /// <summary>Holding up writers of these rows for a moment, adding the rest, and putting the new rows in the place
    /// of the old.</summary>
    Swapping,

    /// <summary>Readers see the new rows; the old ones are gone.</summary>
    Done,

    /// <summary>Given up; readers see the rows of before.</summary>
    Failed,
}

/// <summary>How far a rebuild has come.</summary>
/// <param name="Projection">What is rebuilt.</param>
/// <param name="Version">The version its rows will have.</param>
/// <param name="Step">What it is doing.</param>
/// <param name="Done">Streams or positions of the log it has got through.</param>
/// <param name="Total">Of how many.</param>
public sealed record RebuildProgress(string Projection, int Version, RebuildStep Step, long Done, long Total);

/// <summary>The last rebuild of a projection.</summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="Failure">Why it was given up; null when it was not.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When it last said something; a rebuild says something every few seconds.</param>
public sealed record RebuildState(
    RebuildProgress Progress, string? Failure, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt);
