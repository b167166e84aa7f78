namespace K12Hub.District;

/// <summary>The school year: two semesters of two quarters.</summary>
internal sealed class SchoolCalendar(int yearEnding)
{
    public const string YearId = "SY";
    public const string FirstSemesterId = "SY-S1";
    public const string SecondSemesterId = "SY-S2";

    public int YearEnding => yearEnding;

    /// <summary>The Monday on or after August 15; day 0.</summary>
    public DateOnly FirstDay { get; } = MondayFrom(new(yearEnding - 1, 8, 15));

    /// <summary>The Saturday on or after June 6: the day after the last Friday of school.</summary>
    public DateOnly End { get; } = MondayFrom(new(yearEnding, 6, 6)).AddDays(-2);

    public DateOnly DateOf(int day) => FirstDay.AddDays(day);

    public IEnumerable<Session> Sessions()
    {
        var (first, second, third) = (MondayFrom(new(yearEnding - 1, 10, 20)), MondayFrom(new(yearEnding, 1, 5)),
            MondayFrom(new(yearEnding, 3, 15)));
        var name = $"{yearEnding - 1}-{yearEnding % 100:00}";

        return
        [
            new(YearId, $"School Year {name}", "schoolYear", FirstDay, End, null),
            new(FirstSemesterId, $"Fall {name}", "semester", FirstDay, second, YearId),
            new(SecondSemesterId, $"Spring {name}", "semester", second, End, YearId),
            new("SY-Q1", $"Quarter 1 {name}", "term", FirstDay, first, FirstSemesterId),
            new("SY-Q2", $"Quarter 2 {name}", "term", first, second, FirstSemesterId),
            new("SY-Q3", $"Quarter 3 {name}", "term", second, third, SecondSemesterId),
            new("SY-Q4", $"Quarter 4 {name}", "term", third, End, SecondSemesterId),
        ];
    }

    private static DateOnly MondayFrom(DateOnly day) =>
        day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);
}
