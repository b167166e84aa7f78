namespace K12Hub.District.Schools;

/// <summary>Which schools the children of a neighbourhood go to: every area has an elementary school, two share a
/// middle school, four share a high school. Areas fill up one after the other, so a larger district is a smaller one
/// with more areas. Areas left over at the end join the last middle and high school.</summary>
internal sealed class AttendanceAreas
{
    private const int SmallestArea = 850;
    private const int LargestArea = 1250;

    // A last area with fewer students than this is given to its neighbour: nobody builds three schools for it.
    private const int WorthASchool = 500;

    private readonly int[] firstStudent;

    public AttendanceAreas(Seed seed, int students)
    {
        var starts = new List<int> { 0 };
        for (var end = Size(seed, 0); students - end >= WorthASchool; end += Size(seed, starts.Count - 1))
            starts.Add(end);
        firstStudent = [.. starts];
    }

    public int Count => firstStudent.Length;

    public int MiddleSchools => Math.Max(1, Count / 2);

    public int HighSchools => Math.Max(1, (Count + 1) / 4);

    /// <summary>The area of the household whose oldest child is the <paramref name="student"/>-th of the
    /// district.</summary>
    public int Of(int student)
    {
        var found = Array.BinarySearch(firstStudent, student);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Index of the school in <see cref="DistrictShape.Schools"/> for a grade; 0 is kindergarten.</summary>
    public int SchoolFor(int area, int grade) => Level.Of(grade) switch
    {
        SchoolLevel.Elementary => area,
        SchoolLevel.Middle => Count + Math.Min(area / 2, MiddleSchools - 1),
        _ => Count + MiddleSchools + Math.Min(area / 4, HighSchools - 1),
    };

    private static int Size(Seed seed, int area) => seed.For("area").For(area).Between(SmallestArea, LargestArea);
}
