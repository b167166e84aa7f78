using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a course.</summary>
internal sealed record CourseFacts(
    string SourcedId,
    string Title,
    string? CourseCode,
    Guid? SchoolYearId,
    string[] Grades,
    Guid? OrganizationId,
    string[] Subjects,
    string[] SubjectCodes,
    DateTimeOffset? DateLastModified) : IRosterFacts<CourseRecord, CourseFacts>
{
    public static string[] References => ["school_year_sourced_id", "org_sourced_id"];

    public static void Stage(CourseRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Text(record.Title)
        .Text(record.CourseCode)
        .Id(ids.SessionOrNone(record.SchoolYearSourcedId))
        .Texts(record.Grades)
        .Id(ids.OrgOrNone(record.OrgSourcedId))
        .Texts(record.Subjects)
        .Texts(record.SubjectCodes)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.SchoolYearSourcedId)
        .Text(record.OrgSourcedId);

    public static CourseFacts Read(StagedReader r) => new(
        r.Text(), r.Text(), r.TextOrNull(), r.IdOrNull(), r.Texts(), r.IdOrNull(), r.Texts(), r.Texts(),
        r.InstantOrNull());
}
