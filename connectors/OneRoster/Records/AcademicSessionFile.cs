using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>academicSessions.csv.</summary>
internal static class AcademicSessionFile
{
    public static readonly FileColumns Columns = new(RosterCollections.AcademicSessions);

    /// <summary>School years begin in July at the earliest; used where a source does not name the year.</summary>
    private const int FirstMonthOfSchoolYear = 7;

    private static readonly Vocabulary types = new("gradingPeriod", "semester", "schoolYear", "term");

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        title = Columns.Cell("title"),
        type = Columns.Cell("type"),
        startDate = Columns.Cell("startDate"),
        endDate = Columns.Cell("endDate"),
        parent = Columns.Expected("parentSourcedId", "parent"),
        schoolYear = Columns.Expected("schoolYear");

    public static AcademicSessionRecord? Read(Row row)
    {
        var start = Day(row, startDate);
        var session = new AcademicSessionRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            Title = row.Required(title),
            Type = row.RequiredWord(type, types),
            StartDate = start,
            EndDate = Day(row, endDate),
            ParentSourcedId = row.Id(parent),
            SchoolYear = YearOf(row, start),
        };

        return row.Rejected ? null : session;
    }

    private static DateOnly Day(Row row, Column column)
    {
        if (row.Date(column, weighs: true) is { } day) return day;
        if (!row.Rejected) row.Reject(OneRosterRules.CellMissing, $"{column.Name} is empty or no real day.", column);

        return default;
    }

    private static int YearOf(Row row, DateOnly start)
    {
        if (row.Text(schoolYear) is { Length: 4 } text && int.TryParse(text, out var year)) return year;
        var counted = start.Month >= FirstMonthOfSchoolYear ? start.Year + 1 : start.Year;
        row.Warn(OneRosterRules.CellLeftOut,
            $"schoolYear is not a year such as 2027; {counted} is taken from the first day.", schoolYear);

        return counted;
    }
}
