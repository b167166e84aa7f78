namespace K12Hub.EventStore;

/// <summary>What was erased, kept outside the database: after a restore from an older dump it is erased again before
/// anybody is served.</summary>
public interface IErasureLedger
{
    /// <summary>Adds an entry, down to the disk. Called before anything is erased.</summary>
    ValueTask AddAsync(ErasureEntry entry, CancellationToken ct);

    /// <summary>All entries, oldest first.</summary>
    ValueTask<IReadOnlyList<ErasureEntry>> ReadAsync(CancellationToken ct);
}

/// <summary>One erasure.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="District">Number of the district.</param>
/// <param name="Subject">The person, as an id; null when the whole district was destroyed.</param>
/// <param name="Reason">Why, for instance the number of a request; never a name.</param>
/// <param name="Actor">Who did it, as an id; null when unknown.</param>
/// <param name="At">When, UTC.</param>
public sealed record ErasureEntry(
    Guid Id, short District, Guid? Subject, string Reason, string? Actor, DateTimeOffset At);
