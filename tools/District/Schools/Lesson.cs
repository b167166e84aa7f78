namespace K12Hub.District.Schools;

/// <summary>One class of the timetable, before it has a room.</summary>
/// <param name="Subject">Short name of the subject within the school; part of the class's key.</param>
/// <param name="Section">Number of the section in the school.</param>
/// <param name="Grade">The grade; null where grades mix.</param>
/// <param name="Course">What is taught.</param>
/// <param name="Period">When.</param>
/// <param name="TeacherPost">Code of the post whose holder teaches it.</param>
internal sealed record Lesson(string Subject, int Section, int? Grade, Course Course, string Period, string TeacherPost)
{
    public const string HomeroomSubject = "HR";
    public const string AdvisorySubject = "ADV";

    /// <summary>Subjects of a secondary school, by their place in the day; the last two are electives.</summary>
    public static IReadOnlyList<string> SecondarySubjects { get; } = ["ENG", "MAT", "SCI", "SOC", "PED", "ART", "LNG"];

    private const int SectionsPerTeacher = 5;
    private const int HomeroomsPerSpecialist = 12;

    public bool Homeroom => Subject is HomeroomSubject or AdvisorySubject;

    /// <summary>Classes of an elementary school.</summary>
    public static IEnumerable<Lesson> Elementary(Timetable timetable)
    {
        for (var grade = 0; grade <= 5; grade++)
        {
            foreach (var section in timetable.SectionsOf(grade))
            {
                yield return new(HomeroomSubject, section, grade, Catalogue.Homeroom(grade), "HR",
                    Post.Teacher(HomeroomSubject, section));
                for (var i = 0; i < Catalogue.Specials.Count; i++)
                {
                    var course = Catalogue.Specials[i];
                    // Apart by a third of the week, so that no homeroom has two specials at once.
                    var slot = (section + (i * HomeroomsPerSpecialist / 3)) % HomeroomsPerSpecialist;
                    var post = Post.Teacher(course.Code, section / HomeroomsPerSpecialist);
                    yield return new(course.Code, section, grade, course, $"S{slot + 1}", post);
                }
            }
        }
    }

    /// <summary>Classes of a middle or high school.</summary>
    public static IEnumerable<Lesson> Secondary(SchoolLevel level, Timetable timetable)
    {
        var (first, last) = Level.GradesOf(level);
        for (var grade = first; grade <= last; grade++)
        {
            foreach (var section in timetable.SectionsOf(grade))
            {
                for (var subject = 0; subject < Timetable.CoreSubjects; subject++)
                    yield return Of(subject, section, grade, Catalogue.Core(grade, subject));
            }
        }

        for (var section = 0; section < timetable.Sections; section++)
        {
            yield return Elective(5, section, Catalogue.Arts(level));
            yield return Elective(6, section, Catalogue.Languages(level));
            if (level is SchoolLevel.Middle) yield return AdvisoryOf(section);
        }
    }

    private static Lesson Elective(int subject, int section, IReadOnlyList<Course> courses) =>
        Of(subject, section, null, courses[section % courses.Count]);

    private static Lesson Of(int subject, int section, int? grade, Course course) => new(
        SecondarySubjects[subject], section, grade, course, $"{Timetable.PeriodOf(section, subject)}",
        Post.Teacher(SecondarySubjects[subject], section / SectionsPerTeacher));

    // Teachers of the core subjects take the advisories in turn; each gets one at most.
    private static Lesson AdvisoryOf(int section) => new(
        AdvisorySubject, section, null, Catalogue.Advisory, "ADV",
        Post.Teacher(SecondarySubjects[section % Timetable.CoreSubjects], section / Timetable.CoreSubjects));
}
