using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>enrollments.csv, by far the longest file.</summary>
internal static class EnrollmentFile
{
    public static readonly FileColumns Columns = new(RosterCollections.Enrollments);

    /// <remarks>The standard has the first four; servers of 1.1 send the others too.</remarks>
    private static readonly Vocabulary roles = new("administrator", "proctor", "student", "teacher",
        "aide", "guardian", "parent", "relative");

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        classId = Columns.Cell("classSourcedId", "class"),
        school = Columns.Expected("schoolSourcedId", "school"),
        user = Columns.Cell("userSourcedId", "user"),
        role = Columns.Cell("role"),
        primary = Columns.Expected("primary"),
        beginDate = Columns.Expected("beginDate"),
        endDate = Columns.Expected("endDate");

    public static EnrollmentRecord? Read(Row row)
    {
        var enrollment = new EnrollmentRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            ClassSourcedId = row.RequiredId(classId),
            SchoolSourcedId = row.Awaited(school) ?? "",
            UserSourcedId = row.RequiredId(user),
            Role = row.RequiredWord(role, roles),
            Primary = row.Flag(primary),
            BeginDate = row.Date(beginDate, weighs: true),
            EndDate = row.Date(endDate, weighs: true),
        };

        return row.Rejected ? null : enrollment;
    }
}
