using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Somebody whom a source no longer sends. No source says so; a run finds it out.</summary>
internal sealed record MissingUserRecord : RosterRecord
{
    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>When the first complete roster without them was read.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>What is known of somebody who is missing. Since when is kept as it was found first, so it is not
/// compared.</summary>
internal sealed record MissingUserFacts(Guid PersonId, DateTimeOffset? Since)
    : IRosterFacts<MissingUserRecord, MissingUserFacts>
{
    public static string[] References => [];

    public static void Stage(MissingUserRecord record, RosterIds ids, CopyRow row) =>
        row.Id(record.PersonId).Hashed().Instant(record.Since);

    public static MissingUserFacts Read(StagedReader r) => new(r.Id(), r.InstantOrNull());
}
