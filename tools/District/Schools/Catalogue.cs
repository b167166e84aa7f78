namespace K12Hub.District.Schools;

/// <summary>The district's courses.</summary>
internal static class Catalogue
{
    /// <summary>Specials of an elementary homeroom.</summary>
    public static IReadOnlyList<Course> Specials { get; } =
    [
        Elementary("ART", "Art", "Visual Arts", "05154"),
        Elementary("MUS", "Music", "Music", "05101"),
        Elementary("PED", "Physical Education", "Physical Education", "08001"),
    ];

    /// <summary>Middle school advisory, a homeroom.</summary>
    public static Course Advisory { get; } = new("CRS-ADV", "Advisory", "ADV", "06,07,08", "Advisory", "22106");

    /// <summary>First elective of the day: arts and music.</summary>
    public static IReadOnlyList<Course> Arts(SchoolLevel level) => level is SchoolLevel.Middle ? MiddleArts : HighArts;

    /// <summary>Second elective of the day: languages and technology.</summary>
    public static IReadOnlyList<Course> Languages(SchoolLevel level) =>
        level is SchoolLevel.Middle ? MiddleLanguages : HighLanguages;

    public static Course Homeroom(int grade) => Homerooms[grade];

    /// <summary>The course of a grade in a core subject: English, mathematics, science, social studies, physical
    /// education.</summary>
    public static Course Core(int grade, int subject) => CoreOf[grade - 6][subject];

    public static IEnumerable<Course> All() =>
    [
        .. Homerooms, .. Specials, Advisory, .. CoreOf.SelectMany(courses => courses), .. MiddleArts, .. HighArts,
        .. MiddleLanguages, .. HighLanguages,
    ];

    private static readonly Course[] Homerooms =
    [
        .. Enumerable.Range(0, 6).Select(grade => new Course(
            $"CRS-HR{grade}", grade == 0 ? "Kindergarten" : $"Grade {grade}", $"HR{grade}", Level.Code(grade),
            "General Elementary", "23002")),
    ];

    private static readonly Course[][] CoreOf =
    [
        Grade(6, ("English 6", "01034"), ("Mathematics 6", "02036"),
            ("Earth Science 6", "03236"), ("World Geography 6", "04436")),
        Grade(7, ("English 7", "01035"), ("Mathematics 7", "02037"),
            ("Life Science 7", "03237"), ("World History 7", "04437")),
        Grade(8, ("English 8", "01036"), ("Pre-Algebra", "02051"),
            ("Physical Science 8", "03238"), ("U.S. History 8", "04438")),
        Grade(9, ("English 9", "01001"), ("Algebra I", "02052"),
            ("Biology", "03051"), ("World History", "04051")),
        Grade(10, ("English 10", "01002"), ("Geometry", "02072"),
            ("Chemistry", "03101"), ("Human Geography", "04004")),
        Grade(11, ("English 11", "01003"), ("Algebra II", "02056"),
            ("Physics", "03151"), ("U.S. History", "04101")),
        Grade(12, ("English 12", "01004"), ("Precalculus", "02110"),
            ("Environmental Science", "03003"), ("Government", "04151")),
    ];

    private static readonly Course[] MiddleArts = Electives(SchoolLevel.Middle, "Fine Arts",
        ("ART", "Art Studio", "05154"), ("BND", "Band", "05102"), ("CHO", "Choir", "05110"),
        ("DRA", "Drama", "05052"), ("ORC", "Orchestra", "05104"));

    private static readonly Course[] MiddleLanguages = Electives(SchoolLevel.Middle, "Languages and Technology",
        ("SPA", "Spanish", "06101"), ("FRE", "French", "06121"), ("COD", "Coding", "10012"),
        ("ROB", "Robotics", "21009"));

    private static readonly Course[] HighArts = Electives(SchoolLevel.High, "Fine Arts",
        ("ART", "Drawing and Painting", "05156"), ("BND", "Concert Band", "05102"), ("CHO", "Concert Choir", "05110"),
        ("DRA", "Theatre", "05052"), ("PHO", "Photography", "05167"), ("ORC", "String Orchestra", "05104"));

    private static readonly Course[] HighLanguages = Electives(SchoolLevel.High, "Languages and Technology",
        ("SPA", "Spanish II", "06102"), ("FRE", "French II", "06122"), ("CSA", "Computer Science", "10012"),
        ("ACC", "Accounting", "12104"), ("CUL", "Culinary Arts", "16052"));

    private static Course Elementary(string code, string title, string subject, string subjectCode) =>
        new($"CRS-E{code}", $"{title} (Elementary)", $"E{code}", Level.CodesOf(SchoolLevel.Elementary), subject,
            subjectCode);

    private static Course[] Grade(int grade, params (string Title, string Code)[] subjects)
    {
        string[] names = ["English", "Mathematics", "Science", "Social Studies"];
        var core = subjects.Select((course, i) =>
            Core($"{names[i][..3].ToUpperInvariant()}{grade}", course.Title, names[i], course.Code));
        return [.. core, Core($"PED{grade}", $"Physical Education {grade}", "Physical Education", "08001")];

        Course Core(string code, string title, string subject, string subjectCode) =>
            new($"CRS-{code}", title, code, Level.Code(grade), subject, subjectCode);
    }

    private static Course[] Electives(
        SchoolLevel level, string subject, params (string Code, string Title, string SubjectCode)[] courses)
    {
        var prefix = level is SchoolLevel.Middle ? "M" : "H";
        return [.. courses.Select(Elective)];

        Course Elective((string Code, string Title, string SubjectCode) course) => new(
            $"CRS-{prefix}{course.Code}", course.Title, prefix + course.Code, Level.CodesOf(level), subject,
            course.SubjectCode);
    }
}
