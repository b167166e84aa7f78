namespace K12Hub.District.Schools;

/// <summary>The posts of a school: the teachers its lessons need, and those who keep it running.</summary>
internal static class SchoolStaffing
{
    // Students per post; near the averages of American public schools.
    private const int PerAssistantPrincipal = 450;
    private const int PerCounselor = 350;
    private const int PerAide = 80;

    public static IEnumerable<Post> Posts(School school)
    {
        var students = school.Timetable.Students;
        yield return school.PostOf("PRIN", "Principal", "principal");
        foreach (var code in Codes("AP", students / PerAssistantPrincipal))
            yield return school.PostOf(code, "Assistant Principal", "siteAdministrator");
        foreach (var code in Codes("COUN", 1 + (students / PerCounselor)))
            yield return school.PostOf(code, "School Counselor", "counselor");
        yield return school.PostOf("NURSE", "School Nurse", "aide");
        yield return school.PostOf("OFFICE", "School Secretary", "aide");
        yield return school.PostOf("CASE", "Special Education Case Manager", "teacher");
        yield return school.PostOf("LIBR", "School Librarian", "teacher");
        yield return school.PostOf("CUST", "Head Custodian", "aide");
        if (school.Level is not SchoolLevel.Elementary)
            yield return school.PostOf("ATHL", "Athletic Coordinator", "teacher");
        foreach (var code in Codes("AIDE", 1 + (students / PerAide)))
            yield return school.PostOf(code, "Instructional Aide", "aide");
        foreach (var (code, title) in Teachers(school)) yield return school.PostOf(code, title, "teacher");
    }

    private static IEnumerable<string> Codes(string post, int count) =>
        Enumerable.Range(1, count).Select(number => $"{post}-{number:00}");

    private static IEnumerable<(string Code, string Title)> Teachers(School school)
    {
        var lessons = school.Level is SchoolLevel.Elementary
            ? Lesson.Elementary(school.Timetable)
            : Lesson.Secondary(school.Level, school.Timetable).Where(lesson => !lesson.Homeroom);

        return lessons.DistinctBy(lesson => lesson.TeacherPost)
            .Select(lesson => (lesson.TeacherPost, TitleFor(lesson)));
    }

    private static string TitleFor(Lesson lesson) =>
        lesson.Homeroom ? $"{lesson.Course.Title} Teacher" : $"{lesson.Course.Subject} Teacher";
}
