namespace K12Hub.District.Schools;

/// <summary>The three kinds of school.</summary>
internal enum SchoolLevel
{
    Elementary,
    Middle,
    High,
}

/// <summary>Grades of a level; kindergarten is 0.</summary>
internal static class Level
{
    public const int Grades = 13;

    public static SchoolLevel Of(int grade) =>
        grade <= 5 ? SchoolLevel.Elementary : grade <= 8 ? SchoolLevel.Middle : SchoolLevel.High;

    public static (int First, int Last) GradesOf(SchoolLevel level) => level switch
    {
        SchoolLevel.Elementary => (0, 5),
        SchoolLevel.Middle => (6, 8),
        _ => (9, 12),
    };

    /// <summary>The grade as OneRoster writes it: KG, 01 to 12.</summary>
    public static string Code(int grade) => Codes[grade];

    /// <summary>All grades of a level in one list cell.</summary>
    public static string CodesOf(SchoolLevel level)
    {
        var (first, last) = GradesOf(level);
        return string.Join(',', Codes[first..(last + 1)]);
    }

    private static readonly string[] Codes =
        ["KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
}
