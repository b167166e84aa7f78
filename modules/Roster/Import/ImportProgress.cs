namespace K12Hub.Roster;

/// <summary>What a run is doing.</summary>
public enum ImportStep
{
    /// <summary>Reading what the source sends into tables of the run.</summary>
    Reading,

    /// <summary>Looking for rows that cannot be.</summary>
    Checking,

    /// <summary>Finding out what is new, different and gone.</summary>
    Comparing,

    /// <summary>Writing events and rows.</summary>
    Applying,
}

/// <summary>How far a run is.</summary>
/// <param name="Step">What it is doing.</param>
/// <param name="Collection">OneRoster's name of the collection; null when it concerns all.</param>
/// <param name="Rows">Rows of the collection done in this step.</param>
/// <param name="BytesRead">Bytes of the source read so far.</param>
/// <param name="BytesTotal">Bytes of the source in all; null when that cannot be known.</param>
public sealed record ImportProgress(
    ImportStep Step,
    string? Collection = null,
    long Rows = 0,
    long BytesRead = 0,
    long? BytesTotal = null);
