using K12Hub.District.People;

namespace K12Hub.District.Schools;

/// <summary>What must be known of the whole district before any part of it can be written: its areas, and how many
/// students every school has in every grade on day 0. A few kilobytes, whatever the size.</summary>
internal sealed class DistrictShape
{
    public DistrictShape(DistrictPlan plan)
    {
        if (plan.Problem is { } problem) throw new ArgumentException(problem, nameof(plan));
        Plan = plan;
        Seed = new Seed((ulong)plan.Seed).For("district");
        Calendar = new(plan.SchoolYearEnding);
        Areas = new(Seed, plan.Students);

        var sizes = new int[Areas.Count + Areas.MiddleSchools + Areas.HighSchools, Level.Grades];
        foreach (var household in Neighbourhood.FirstDay(this))
        {
            Households++;
            foreach (var child in household.Children)
                sizes[Areas.SchoolFor(household.FirstArea, child.Grade), child.Grade]++;
        }

        Schools = [.. Enumerable.Range(0, sizes.GetLength(0)).Select(index => SchoolAt(index, sizes))];
    }

    public DistrictPlan Plan { get; }

    public Seed Seed { get; }

    public SchoolCalendar Calendar { get; }

    public AttendanceAreas Areas { get; }

    public NameBook Names { get; } = new();

    /// <summary>Households on day 0.</summary>
    public int Households { get; private set; }

    /// <summary>Elementary schools, then middle schools, then high schools.</summary>
    public IReadOnlyList<School> Schools { get; } = [];

    public const string Domain = "cedarvalley.example";

    private School SchoolAt(int index, int[,] sizes)
    {
        var (level, number) = index < Areas.Count ? (SchoolLevel.Elementary, index)
            : index < Areas.Count + Areas.MiddleSchools ? (SchoolLevel.Middle, index - Areas.Count)
            : (SchoolLevel.High, index - Areas.Count - Areas.MiddleSchools);
        var ofGrade = Enumerable.Range(0, Level.Grades).Select(grade => sizes[index, grade]).ToArray();

        return new(this, level, number, new Timetable(level, ofGrade));
    }
}
