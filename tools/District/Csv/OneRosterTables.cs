using K12Hub.District.Schools;

namespace K12Hub.District.Csv;

/// <summary>One file of a package: its name, its columns after the three that all have, and its rows.</summary>
/// <param name="Name">OneRoster's name of the collection, and of the file.</param>
/// <param name="Columns">Column names after sourcedId, status, dateLastModified.</param>
/// <param name="Write">Adds the rows that one part of the district has on a day.</param>
internal sealed record CsvTable(string Name, string Columns, Action<DistrictPart, int, IRows> Write)
{
    public string Header => "sourcedId,status,dateLastModified," + Columns;
}

/// <summary>The files in which both versions agree.</summary>
internal static class OneRosterTables
{
    public static CsvTable Orgs { get; } = new("orgs", "name,type,identifier,parentSourcedId", (part, _, rows) =>
    {
        foreach (var org in part.Orgs()) rows.Add(org.Id, org.Name, org.Type, org.Identifier, org.ParentId);
    });

    public static CsvTable Courses { get; } = new(
        "courses", "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes", (part, _, rows) =>
        {
            foreach (var course in part.Courses())
            {
                rows.Add(course.Id, SchoolCalendar.YearId, course.Title, course.Code, course.Grades,
                    CentralOffice.OrgId, course.Subject, course.SubjectCode);
            }
        });

    public static CsvTable Classes { get; } = new(
        "classes",
        "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,"
        + "subjectCodes,periods",
        (part, day, rows) =>
        {
            foreach (var taught in part.Classes(day))
            {
                rows.Add(taught.Id, taught.Title, taught.Grades, taught.Course.Id, taught.Code,
                    taught.Homeroom ? "homeroom" : "scheduled", taught.Location, taught.SchoolId,
                    $"{SchoolCalendar.FirstSemesterId},{SchoolCalendar.SecondSemesterId}", taught.Course.Subject,
                    taught.Course.SubjectCode, taught.Period);
            }
        });

    public static CsvTable Demographics { get; } = new(
        "demographics",
        "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,"
        + "white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,"
        + "cityOfBirth,publicSchoolResidenceStatus",
        (part, day, rows) =>
        {
            foreach (var facts in part.Demographics(day))
            {
                rows.Add(facts.PersonId, Date(facts.BirthDate), facts.Sex, Is("native"), Is("asian"), Is("black"),
                    Is("pacific"), Is("white"), Is("two"), Flag(facts.Hispanic), facts.BirthCountry, null,
                    facts.BirthCity, null);

                string Is(string race) => Flag(facts.Race == race);
            }
        });

    public static CsvTable Sessions(SchoolCalendar calendar) => new(
        "academicSessions", "title,type,startDate,endDate,parentSourcedId,schoolYear", (part, _, rows) =>
        {
            foreach (var session in part.Sessions())
            {
                rows.Add(session.Id, session.Title, session.Type, Date(session.Start), Date(session.End),
                    session.ParentId, $"{calendar.YearEnding}");
            }
        });

    public static CsvTable Enrollments(SchoolCalendar calendar) => new(
        "enrollments", "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
        (part, day, rows) =>
        {
            var end = Date(calendar.End);
            foreach (var seat in part.Enrollments(day))
            {
                rows.Add(seat.Id, seat.ClassId, seat.SchoolId, seat.PersonId, seat.Teacher ? "teacher" : "student",
                    seat.Teacher ? "true" : null, Date(seat.Begin), end);
            }
        });

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Flag(bool value) => value ? "true" : "false";
}
