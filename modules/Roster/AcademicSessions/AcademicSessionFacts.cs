using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a school year, semester, term or grading period.</summary>
internal sealed record AcademicSessionFacts(
    string SourcedId,
    string Title,
    string Type,
    DateOnly StartDate,
    DateOnly EndDate,
    Guid? ParentId,
    int SchoolYear,
    DateTimeOffset? DateLastModified) : IRosterFacts<AcademicSessionRecord, AcademicSessionFacts>
{
    public static string[] References => ["parent_sourced_id"];

    public static void Stage(AcademicSessionRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Text(record.Title)
        .Text(record.Type)
        .Date(record.StartDate)
        .Date(record.EndDate)
        .Id(ids.SessionOrNone(record.ParentSourcedId))
        .Int(record.SchoolYear)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.ParentSourcedId);

    public static AcademicSessionFacts Read(StagedReader r) =>
        new(r.Text(), r.Text(), r.Text(), r.Date(), r.Date(), r.IdOrNull(), r.Int(), r.InstantOrNull());
}
