using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a person's part in a class.</summary>
/// <remarks>The school is the class's where the source names one that is not known.</remarks>
internal sealed record EnrollmentFacts(
    string SourcedId,
    Guid ClassId,
    Guid SchoolId,
    Guid PersonId,
    string Role,
    bool? IsPrimary,
    DateOnly? BeginDate,
    DateOnly? EndDate,
    DateTimeOffset? DateLastModified) : IRosterFacts<EnrollmentRecord, EnrollmentFacts>
{
    public static string[] References => ["class_sourced_id", "school_sourced_id", "user_sourced_id"];

    public static void Stage(EnrollmentRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Id(ids.Class(record.ClassSourcedId))
        .Id(ids.Org(record.SchoolSourcedId))
        .Id(ids.User(record.UserSourcedId))
        .Text(record.Role)
        .Flag(record.Primary)
        .Date(record.BeginDate)
        .Date(record.EndDate)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.ClassSourcedId)
        .Text(record.SchoolSourcedId)
        .Text(record.UserSourcedId);

    public static EnrollmentFacts Read(StagedReader r) => new(
        r.Text(), r.Id(), r.Id(), r.Id(), r.Text(), r.FlagOrNull(), r.DateOrNull(), r.DateOrNull(),
        r.InstantOrNull());
}
