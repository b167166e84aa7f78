using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>classes.csv. Course and terms are left out by too many systems to reject a class for it.</summary>
internal static class ClassFile
{
    public static readonly FileColumns Columns = new(RosterCollections.Classes);

    private const string Scheduled = "scheduled";

    private static readonly Vocabulary types = new("homeroom", Scheduled);

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        title = Columns.Cell("title"),
        grades = Columns.Expected("grades", "grade"),
        course = Columns.Expected("courseSourcedId", "course"),
        classCode = Columns.Expected("classCode"),
        classType = Columns.Expected("classType"),
        location = Columns.Expected("location"),
        school = Columns.Cell("schoolSourcedId", "school"),
        terms = Columns.Expected("termSourcedIds", "termSourcedId", "terms"),
        subjects = Columns.Expected("subjects"),
        subjectCodes = Columns.Expected("subjectCodes"),
        periods = Columns.Expected("periods", "period");

    public static ClassRecord? Read(Row row)
    {
        var record = new ClassRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            Title = row.Required(title),
            Grades = row.List(grades, ListForm.Grades),
            CourseSourcedId = row.Awaited(course),
            ClassCode = row.Text(classCode),
            ClassType = row.Word(classType, types, instead: Scheduled)!,
            Location = row.Text(location),
            SchoolSourcedId = row.RequiredId(school),
            TermSourcedIds = row.List(terms, ListForm.Keys),
            Subjects = row.List(subjects, ListForm.Texts),
            SubjectCodes = row.List(subjectCodes, ListForm.Texts),
            Periods = row.List(periods, ListForm.Texts),
        };
        if (record.TermSourcedIds.Count == 0) row.LeftOut(terms);

        return row.Rejected ? null : record;
    }
}
