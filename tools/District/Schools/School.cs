namespace K12Hub.District.Schools;

/// <summary>A school with its classes and its staff.</summary>
internal sealed class School(DistrictShape shape, SchoolLevel level, int number, Timetable timetable) : DistrictPart
{
    // One class in this many changes its room on any day.
    private const int DaysBetweenMoves = 700;

    private readonly string key = $"{level.ToString()[0]}{number + 1:000}";
    private Post[]? posts;

    public string Id => "SCH-" + key;

    public SchoolLevel Level => level;

    public Timetable Timetable => timetable;

    private Post[] Posts => posts ??= [.. SchoolStaffing.Posts(this)];

    private Seed Seed { get; } = shape.Seed.For("school").For(level.ToString()).For(number);

    public override IEnumerable<Org> Orgs() =>
    [
        new(Id, SchoolNames.Of(shape.Seed, level, number), "school", $"9900001{Identifier:00000}", CentralOffice.OrgId),
    ];

    public override IEnumerable<SchoolClass> Classes(int day) => Lessons().Select(lesson => ClassOf(lesson, day));

    public override IEnumerable<Person> People(int day) =>
        Posts.Select(post => post.HolderOn(day).Person(shape));

    public override IEnumerable<Enrollment> Enrollments(int day)
    {
        var holders = Posts.ToDictionary(post => post.Code, post => post.HolderOn(day));
        foreach (var lesson in Lessons())
        {
            var teacher = holders[lesson.TeacherPost];
            yield return new(ClassId(lesson.Subject, lesson.Section), Id, teacher.Id, true,
                shape.Calendar.DateOf(teacher.Since));
        }
    }

    /// <summary>Key of the class in which a section has a subject.</summary>
    public string ClassId(string subject, int section) => $"CLS-{key}-{subject}-{section + 1:000}";

    /// <summary>A post of this school.</summary>
    public Post PostOf(string code, string title, string role) =>
        new(Seed, $"{key}-{code}", code, title, new PersonRole(Id, role));

    private int Identifier =>
        number + (level switch { SchoolLevel.Elementary => 1, SchoolLevel.Middle => 2001, _ => 4001 });

    private IEnumerable<Lesson> Lessons() =>
        level is SchoolLevel.Elementary ? Lesson.Elementary(timetable) : Lesson.Secondary(level, timetable);

    private SchoolClass ClassOf(Lesson lesson, int day)
    {
        var id = ClassId(lesson.Subject, lesson.Section);
        var moves = Timeline.Days(Seed.For(id), DaysBetweenMoves, 0, day).Count;
        var room = Seed.For(id).For("room").For(moves).Between(100, 349);
        var course = lesson.Course;

        return new(
            id, $"{course.Title} ({lesson.Section + 1})", $"{course.Code}-{lesson.Section + 1:000}", lesson.Homeroom,
            $"Room {room}", Id, lesson.Grade is { } grade ? Schools.Level.Code(grade) : course.Grades, lesson.Period)
        {
            Course = course,
        };
    }
}
