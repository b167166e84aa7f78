using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>courses.csv.</summary>
internal static class CourseFile
{
    public static readonly FileColumns Columns = new(RosterCollections.Courses);

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        schoolYear = Columns.Expected("schoolYearSourcedId", "schoolYearId", "schoolYear"),
        title = Columns.Cell("title"),
        courseCode = Columns.Expected("courseCode"),
        grades = Columns.Expected("grades", "grade"),
        org = Columns.Expected("orgSourcedId", "org"),
        subjects = Columns.Expected("subjects"),
        subjectCodes = Columns.Expected("subjectCodes");

    public static CourseRecord? Read(Row row)
    {
        var course = new CourseRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            Title = row.Required(title),
            CourseCode = row.Text(courseCode),
            SchoolYearSourcedId = row.Id(schoolYear),
            Grades = row.List(grades, ListForm.Grades),
            OrgSourcedId = row.Awaited(org),
            Subjects = row.List(subjects, ListForm.Texts),
            SubjectCodes = row.List(subjectCodes, ListForm.Texts),
        };

        return row.Rejected ? null : course;
    }
}
