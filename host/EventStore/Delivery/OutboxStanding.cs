namespace K12Hub.EventStore;

/// <summary>How many messages of one kind are open, in all districts.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Due">To be sent now.</param>
/// <param name="Leased">Being sent.</param>
/// <param name="Waiting">To be sent later, for the first time or again.</param>
/// <param name="Dead">Given up.</param>
/// <param name="OldestDue">Since when the oldest one is due, being sent or not; null when none is.</param>
public sealed record OutboxStanding(
    string Kind, long Due, long Leased, long Waiting, long Dead, DateTimeOffset? OldestDue);

/// <summary>A message that was given up.</summary>
/// <param name="Id">The message.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why the last attempt failed, as a stable word.</param>
/// <param name="DeadAt">When it was given up, UTC.</param>
public sealed record DeadLetter(long Id, string Kind, int Attempts, string? Error, DateTimeOffset DeadAt);
