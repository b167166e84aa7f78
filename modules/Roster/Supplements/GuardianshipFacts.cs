using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a supplementary file says of a student and a guardian together. It is the student's: sealed under the
/// student's key, and without the guardian's key at the source.</summary>
internal sealed record GuardianshipFacts(
    string SourcedId,
    Guid StudentId,
    Guid GuardianId,
    string? Relation,
    bool? LivesWith,
    bool? MayContact,
    bool? MayPickUp,
    bool? MayReceiveRecords,
    string? Custody,
    int ContactPriority,
    DateTimeOffset? DateLastModified) : IRosterFacts<GuardianshipRecord, GuardianshipFacts>
{
    public static string[] References => ["guardian_sourced_id"];

    public static void Stage(GuardianshipRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.StudentSourcedId)
        .Id(ids.User(record.StudentSourcedId))
        .Id(ids.User(record.GuardianSourcedId))
        .Text(record.Relation)
        .Flag(record.LivesWith)
        .Flag(record.MayContact)
        .Flag(record.MayPickUp)
        .Flag(record.MayReceiveRecords)
        .Text(record.Custody)
        .Int(record.ContactPriority)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.GuardianSourcedId);

    public static GuardianshipFacts Read(StagedReader r) => new(
        r.Text(), r.Id(), r.Id(), r.TextOrNull(), r.FlagOrNull(), r.FlagOrNull(), r.FlagOrNull(), r.FlagOrNull(),
        r.TextOrNull(), r.Int(), r.InstantOrNull());
}
