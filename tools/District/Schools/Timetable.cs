namespace K12Hub.District.Schools;

/// <summary>How a school divides its grades into classes, and who sits where.</summary>
/// <remarks>
/// Elementary: a homeroom per <see cref="HomeroomSize"/> children, which also goes to the specials together.
/// Secondary: seven subjects in seven periods. A grade is cut into sections; a section has subject s in period
/// (s + rotation) mod 7, where the rotation is the section's number in the school. A student keeps to sections of one
/// rotation, so no two of her classes meet in the same period; electives are shared by all grades of the rotation.
/// </remarks>
internal sealed class Timetable
{
    public const int Periods = 7;
    public const int CoreSubjects = 5;
    private const int HomeroomSize = 22;
    private const int SectionSize = 25;

    private readonly int[] sections = new int[Level.Grades];
    private readonly int[] before = new int[Level.Grades];

    public Timetable(SchoolLevel level, IReadOnlyList<int> studentsOfGrade)
    {
        var size = level is SchoolLevel.Elementary ? HomeroomSize : SectionSize;
        var (first, last) = Level.GradesOf(level);
        for (var grade = first; grade <= last; grade++)
        {
            before[grade] = Sections;
            sections[grade] = Math.Max(1, (studentsOfGrade[grade] + (size / 2)) / size);
            Sections += sections[grade];
        }

        Students = studentsOfGrade.Sum();
    }

    /// <summary>Students of the school on day 0.</summary>
    public int Students { get; }

    /// <summary>Sections of all grades: homerooms, or classes of every subject.</summary>
    public int Sections { get; }

    /// <summary>Sections of one grade, by their number in the school.</summary>
    public IEnumerable<int> SectionsOf(int grade) => Enumerable.Range(before[grade], sections[grade]);

    /// <summary>Period of the day, 1 to 7, in which a section has a subject.</summary>
    public static int PeriodOf(int section, int subject) => ((subject + section) % Periods) + 1;

    /// <summary>The homeroom of the <paramref name="ordinal"/>-th child of a grade.</summary>
    public int Homeroom(int grade, int ordinal) => before[grade] + (ordinal % sections[grade]);

    /// <summary>The section in which the <paramref name="ordinal"/>-th student of a grade has a core subject.</summary>
    public int CoreSection(int grade, int ordinal, int subject)
    {
        var (rotations, rotation) = RotationOf(grade, ordinal);
        var parallel = ((sections[grade] - 1 - rotation) / Periods) + 1;
        var turn = ordinal / rotations;
        // Every block of students is shifted by one section per subject, so that classmates mix and sizes stay even.
        return before[grade] + rotation + (Periods * ((turn + (subject * (turn / parallel))) % parallel));
    }

    /// <summary>The section in which a student has an elective.</summary>
    /// <param name="grade">The student's grade.</param>
    /// <param name="ordinal">The student's place in it.</param>
    /// <param name="choice">What the student chose; any number, the next one is another class if there is one.</param>
    public int ElectiveSection(int grade, int ordinal, int choice)
    {
        var rotation = (before[grade] + RotationOf(grade, ordinal).Rotation) % Periods;
        var parallel = ((Sections - 1 - rotation) / Periods) + 1;
        return rotation + (Periods * (choice % parallel));
    }

    private (int Rotations, int Rotation) RotationOf(int grade, int ordinal)
    {
        var rotations = Math.Min(sections[grade], Periods);
        return (rotations, ordinal % rotations);
    }
}
