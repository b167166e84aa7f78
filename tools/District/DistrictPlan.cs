using K12Hub.District.Csv;

namespace K12Hub.District;

/// <summary>Which district to generate. Equal plans give equal districts, to the byte.</summary>
/// <param name="Students">Students on day 0; 100 to 1,000,000.</param>
/// <param name="Seed">Another seed is another district.</param>
/// <param name="Day">Days since the first day of school, on which students number <paramref name="Students"/>; 0 to
/// 300.</param>
public sealed record DistrictPlan(int Students, int Seed = 1, int Day = 0)
{
    /// <summary>Fewest students a plan may ask for.</summary>
    public const int FewestStudents = 100;

    /// <summary>Most students a plan may ask for; the largest district of the United States has fewer.</summary>
    public const int MostStudents = 1_000_000;

    /// <summary>Last day a plan may ask for; the school year is over by then.</summary>
    public const int LastDay = 300;

    /// <summary>The year in which the school year ends. Part of the plan, never read from a clock.</summary>
    public int SchoolYearEnding { get; init; } = 2027;

    /// <summary>The plan whose package holds about so many rows over all its files, to within two percent.</summary>
    /// <param name="rows">Rows wanted; the fewest and most students of a plan bound it.</param>
    /// <param name="version">1.1 or 1.2; 1.2 has a row for every role.</param>
    /// <param name="seed">As in the plan.</param>
    public static DistrictPlan ForRows(int rows, string version, int seed = 1)
    {
        var perStudent = OneRosterVersion.Parse(version) == OneRosterVersion.V11 ? RowsPerStudent11 : RowsPerStudent12;
        return new(Math.Clamp((int)(rows / perStudent), FewestStudents, MostStudents), seed);
    }

    /// <summary>What cannot be done about the plan, in a sentence; null when it is good.</summary>
    public string? Problem =>
        Students is < FewestStudents or > MostStudents
            ? $"Students must be {FewestStudents} to {MostStudents}, not {Students}."
        : Day is < 0 or > LastDay ? $"The day must be 0 to {LastDay}, not {Day}."
        : null;

    // Counted on districts of 100,000 students; DistrictSizeTests keeps them honest.
    private const double RowsPerStudent11 = 9.47;
    private const double RowsPerStudent12 = 11.9;
}
