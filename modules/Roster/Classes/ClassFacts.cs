using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a class.</summary>
internal sealed record ClassFacts(
    string SourcedId,
    string Title,
    string[] Grades,
    Guid? CourseId,
    string? ClassCode,
    string ClassType,
    string? Location,
    Guid SchoolId,
    Guid[] TermIds,
    string[] Subjects,
    string[] SubjectCodes,
    string[] Periods,
    DateTimeOffset? DateLastModified) : IRosterFacts<ClassRecord, ClassFacts>
{
    public static string[] References => ["course_sourced_id", "school_sourced_id", "term_sourced_ids"];

    public static void Stage(ClassRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Text(record.Title)
        .Texts(record.Grades)
        .Id(ids.CourseOrNone(record.CourseSourcedId))
        .Text(record.ClassCode)
        .Text(record.ClassType)
        .Text(record.Location)
        .Id(ids.Org(record.SchoolSourcedId))
        .Ids(record.TermSourcedIds, ids.Session)
        .Texts(record.Subjects)
        .Texts(record.SubjectCodes)
        .Texts(record.Periods)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.CourseSourcedId)
        .Text(record.SchoolSourcedId)
        .Texts(record.TermSourcedIds);

    public static ClassFacts Read(StagedReader r) => new(
        r.Text(), r.Text(), r.Texts(), r.IdOrNull(), r.TextOrNull(), r.Text(), r.TextOrNull(), r.Id(), r.Ids(),
        r.Texts(), r.Texts(), r.Texts(), r.InstantOrNull());
}
